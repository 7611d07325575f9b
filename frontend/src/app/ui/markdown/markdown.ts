import { Component, computed, inject, input } from '@angular/core';
import { CodeBlock } from './code-block';
import { MarkdownLoader } from './markdown-loader';
import type { MarkdownSegment } from './segment';

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
  styleUrl: './markdown.css',
})
export class Markdown {
  readonly text = input.required<string>();

  private readonly loader = inject(MarkdownLoader);
  protected readonly segments = computed<readonly MarkdownSegment[]>(() => this.loader.render()?.(this.text()) ?? []);
}
