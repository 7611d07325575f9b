import { Component, computed, inject, input, resource } from '@angular/core';
import { CopyButton } from '../copy-button/copy-button';
import { Highlighter } from '../highlight/highlighter';
import { grammarOf } from '../highlight/languages';

/** A short piece of code inside a text, with its language's name and a copy button. */
@Component({
  selector: 'app-code-block',
  imports: [CopyButton],
  template: `
    <div class="bar">
      <span>{{ language() || 'text' }}</span>
      <app-copy-button [text]="code()" label="Copy the code" />
    </div>
    @if (html.value(); as coloured) {
      <pre tabindex="0" role="group" aria-label="Code"><code [innerHTML]="coloured"></code></pre>
    } @else {
      <pre tabindex="0" role="group" aria-label="Code"><code>{{ code() }}</code></pre>
    }
  `,
  styles: `
    :host {
      display: block;
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface-sunken);
      overflow: hidden;
    }
    .bar {
      display: flex;
      align-items: center;
      justify-content: space-between;
      height: 32px;
      padding-left: var(--s3);
      border-bottom: 1px solid var(--border);
      font-size: var(--text-12);
      color: var(--text-faint);
    }
    pre {
      margin: 0;
      padding: var(--s3);
      overflow-x: auto;
      font-size: var(--text-13);
      line-height: 20px;
    }
    pre:focus-visible {
      outline-offset: -2px;
    }
    code {
      font-size: inherit;
    }
  `,
})
export class CodeBlock {
  readonly code = input.required<string>();
  readonly language = input('');

  private readonly highlighter = inject(Highlighter);
  private readonly grammar = computed(() => grammarOf(this.language()));
  protected readonly html = resource({
    params: () => {
      const grammar = this.grammar();
      return grammar ? { code: this.code(), grammar } : undefined;
    },
    loader: async ({ params }) => (await this.highlighter.lines(params.code, params.grammar))?.join('\n'),
  });
}
