import { createHash } from 'node:crypto';
import type { Answer } from './answer.js';

/** Text that may stand in a page as it is. */
export class Html {
  constructor(readonly source: string) {}
}

type Part = string | number | Html | readonly Html[];

/** A piece of a page; whatever is put in is escaped, unless it is a piece itself. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(texts.reduce((page, text, index) => page + escaped(parts[index - 1] ?? '') + text));
}

function escaped(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part === 'object') return part.map(({ source }) => source).join('\n');
  return String(part).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#57606a, #9aa4af); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
p.note, .note { color: var(--soft); }
ul { list-style: none; padding: 0; }
li { margin: .5rem 0; }
pre { white-space: pre-wrap; border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; }
.label { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; }
a.account { display: block; border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; text-decoration: none; color: inherit; }
a.account:hover, a.account:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Headers of every page: nothing runs, nothing is loaded, nothing frames it. */
const SAFE: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** A whole page. */
export function page(status: number, title: string, content: Html): Answer {
  const whole = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `;
  return { status, headers: SAFE, body: whole.source };
}
