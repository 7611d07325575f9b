import { Service, signal } from '@angular/core';
import type { renderMarkdown } from './render';

/** Loads the renderer once, when the first Markdown is shown. Until then a text is shown as it is written. */
@Service()
export class MarkdownLoader {
  private readonly loaded = signal<typeof renderMarkdown | undefined>(undefined);
  readonly render = this.loaded.asReadonly();

  constructor() {
    import('./render').then(
      (module) => this.loaded.set(module.renderMarkdown),
      () => undefined,
    );
  }
}
