import { Service, computed, signal } from '@angular/core';
import type { renderMarkdown } from './render';
import type { sanitize } from './sanitize';

interface Loaded {
  readonly renderMarkdown: typeof renderMarkdown;
  readonly sanitize: typeof sanitize;
}

/** Loads the renderer once, when the first Markdown is shown. Until then a text is shown as it is written. */
@Service()
export class MarkdownLoader {
  private readonly loaded = signal<Loaded | undefined>(undefined);
  readonly render = computed(() => this.loaded()?.renderMarkdown);
  /** For HTML that was rendered elsewhere. */
  readonly sanitize = computed(() => this.loaded()?.sanitize);

  constructor() {
    Promise.all([import('./render'), import('./sanitize')]).then(
      ([rendering, sanitizing]) => this.loaded.set({ ...rendering, ...sanitizing }),
      () => undefined,
    );
  }
}
