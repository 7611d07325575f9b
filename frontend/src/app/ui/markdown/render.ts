import MarkdownIt from 'markdown-it';
import { stripInvisible } from '../text/invisible';
import { citationRule } from './citation-rule';
import { isAllowedLink, shownHost } from './links';
import { nestingRule } from './nesting';
import { sanitize } from './sanitize';
import type { MarkdownSegment, Places } from './segment';

/** What is kept while one text is rendered: what stands behind the link that is open. */
interface Rendering {
  behind?: string;
}

const markdown = new MarkdownIt({ html: false, linkify: true });
const { escapeHtml } = markdown.utils;
const { rules } = markdown.renderer;

markdown.validateLink = isAllowedLink;
markdown.block.ruler.before('table', 'nesting', nestingRule);
markdown.inline.ruler.before('backticks', 'citation', citationRule);

// A link names its host where its words do not.
rules['link_open'] = (tokens, index, options, env: unknown, self) => {
  const token = tokens[index];
  (env as Rendering).behind = shownHost(String(token?.attrGet('href') ?? ''), token?.info === 'auto');
  return self.renderToken(tokens, index, options);
};
rules['link_close'] = (_tokens, _index, _options, env: unknown) => {
  const rendering = env as Rendering;
  const { behind = '' } = rendering;
  delete rendering.behind;
  return `</a>${escapeHtml(behind)}`;
};

// A picture would be fetched from wherever the text says: it is named and linked instead.
rules['image'] = (tokens, index, _options, env: unknown) => {
  const token = tokens[index];
  const source = String(token?.attrGet('src') ?? '');
  const name = escapeHtml(token?.content || 'image');
  const host = escapeHtml(shownHost(source, false));
  const isInLink = (env as Rendering).behind !== undefined;
  return isInLink ? `${name}${host}` : `<a href="${escapeHtml(source)}">${name}</a>${host}`;
};

const tableOpen = '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
rules['table_open'] = () => tableOpen;
rules['table_close'] = () => '</table></div>';

/**
 * Turns Markdown into safe pieces: HTML without scripts, pictures or foreign markup, and the outer code blocks as
 * data, so that they can be drawn with colours and a copy button. Citations of known places become links to them. The
 * server renders by the same rules (backend/src/platform/text/render-markdown.ts).
 */
export function renderMarkdown(text: string, places: Places = new Map()): MarkdownSegment[] {
  const tokens = markdown.parse(stripInvisible(text), { places });
  const segments: MarkdownSegment[] = [];
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) {
      const html = markdown.renderer.render(tokens.slice(from, to), markdown.options, {});
      segments.push({ kind: 'html', html: sanitize(html) });
    }
    from = to + 1;
  };
  tokens.forEach((token, index) => {
    if (token.level > 0 || (token.type !== 'fence' && token.type !== 'code_block')) return;
    flush(index);
    segments.push({
      kind: 'code',
      code: token.content.replace(/\n$/, ''),
      language: token.info.trim().split(/\s+/)[0] ?? '',
    });
  });
  flush(tokens.length);
  return segments;
}
