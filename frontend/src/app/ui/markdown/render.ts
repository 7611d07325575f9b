import createPurifier from 'dompurify';
import MarkdownIt from 'markdown-it';
import { citationRule } from './citation-rule';
import type { MarkdownSegment, Places } from './segment';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });

markdown.inline.ruler.before('link', 'citation', citationRule);

// A link of unknown origin learns nothing about this page and gets no credit from it.
markdown.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('target', '_blank');
  tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
  return self.renderToken(tokens, index, options);
};

// A picture would be fetched from wherever the text says: it is named and linked instead.
markdown.renderer.rules['image'] = (tokens, index) => {
  const token = tokens[index];
  const source = markdown.utils.escapeHtml(String(token?.attrGet('src') ?? ''));
  const name = markdown.utils.escapeHtml(token?.content || 'image');
  return `<a href="${source}" target="_blank" rel="noopener noreferrer nofollow">${name}</a>`;
};

const tableOpen = '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
markdown.renderer.rules['table_open'] = () => tableOpen;
markdown.renderer.rules['table_close'] = () => '</table></div>';

const allowed = {
  ALLOWED_TAGS:
    'a b blockquote br code del div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s strong table tbody td th thead tr ul'.split(
      ' ',
    ),
  ALLOWED_ATTR: ['href', 'target', 'rel', 'start', 'class', 'tabindex', 'role', 'aria-label'],
  ALLOW_DATA_ATTR: false,
};

/**
 * Turns Markdown into safe pieces: HTML without scripts, pictures or foreign markup, and the outer code blocks as
 * data, so that they can be drawn with colours and a copy button. Citations of known places become links to them.
 */
export function renderMarkdown(text: string, places: Places = new Map()): MarkdownSegment[] {
  const purify = createPurifier(window);
  const tokens = markdown.parse(text, { places });
  const segments: MarkdownSegment[] = [];
  let from = 0;
  const flush = (to: number): void => {
    if (to > from) {
      const html = markdown.renderer.render(tokens.slice(from, to), markdown.options, {});
      segments.push({ kind: 'html', html: purify.sanitize(html, allowed) });
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
