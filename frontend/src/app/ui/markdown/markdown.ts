import { Component, computed, inject, input, output } from '@angular/core';
import { CodeBlock } from './code-block';
import { MarkdownLoader } from './markdown-loader';
import type { MarkdownSegment, Places } from './segment';

/** Everything written by people, models and repositories goes through here: Markdown in, nothing harmful out. */
@Component({
  selector: 'app-markdown',
  imports: [CodeBlock],
  template: `
    @for (segment of segments(); track $index) {
      @if (segment.kind === 'html') {
        <div class="prose" [innerHTML]="segment.html"></div>
      } @else {
        <app-code-block [code]="segment.code" [language]="segment.language" />
      }
    } @empty {
      <div class="prose plain">{{ text() }}</div>
    }
  `,
  host: { '(click)': 'follow($event)' },
  styleUrl: './markdown.css',
})
export class Markdown {
  readonly text = input.required<string>();
  /** What the text may cite. */
  readonly places = input<Places>();
  /** The address of a cited place that is to be shown beside the page. */
  readonly open = output<string>();

  private readonly loader = inject(MarkdownLoader);
  protected readonly segments = computed<readonly MarkdownSegment[]>(
    () => this.loader.render()?.(this.text(), this.places()) ?? [],
  );

  /** A citation opens within the page, unless it is wanted in a tab of its own. */
  protected follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a.place') : null;
    const address = link?.getAttribute('href');
    if (!address || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open.emit(address);
  }
}
