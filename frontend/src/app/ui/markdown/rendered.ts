import { Component, computed, inject, input } from '@angular/core';
import { MarkdownLoader } from './markdown-loader';

/** HTML that the server has rendered and sanitised, sanitised again where it is shown. */
@Component({
  selector: 'app-rendered',
  template: `<div class="prose" [innerHTML]="safe()"></div>`,
  styleUrl: './markdown.css',
})
export class Rendered {
  readonly html = input.required<string>();

  private readonly loader = inject(MarkdownLoader);
  protected readonly safe = computed(() => this.loader.sanitize()?.(this.html()) ?? '');
}
