import MarkdownIt, { type MarkdownIt as Renderer, type Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { stripInvisible } from './invisible.js';
import { isAllowedLink, shownHost } from './links.js';
import { nestingRule } from './nesting.js';

const TAGS = 'a blockquote br code del em h1 h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul';

/** What Markdown may become: text and structure. No image, no form, no style, no script, no other scheme of links. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: TAGS.split(' '),
  allowedAttributes: { a: ['href', 'rel', 'target'], code: ['class'], ol: ['start'] },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
};

const LINK = [
  ['rel', 'nofollow noopener noreferrer'],
  ['target', '_blank'],
] as const;

const TASK = /^\[([ xX])\] /;

const markdown = renderer();

/**
 * Renders Markdown to HTML that can be shown as it is. Raw HTML, comments included, stands there as text, so that nothing
 * is hidden from who reads it. The client renders by the same rules (frontend/src/app/ui/markdown/render.ts).
 */
export function renderMarkdown(text: string): string {
  return sanitizeHtml(markdown.render(stripInvisible(text), {}), ALLOWED);
}

/** What is kept while one text is rendered: what stands behind the link that is open. */
interface Rendering {
  behind?: string | undefined;
}

function renderer(): Renderer {
  const md = new MarkdownIt({ html: false, linkify: true });
  const { escapeHtml } = md.utils;
  md.validateLink = isAllowedLink;
  md.block.ruler.before('table', 'nesting', nestingRule);
  // A link opens beside the page, tells nobody where it comes from, and names its host where its words do not.
  md.renderer.rules.link_open = (tokens, at, options, env: unknown, self) => {
    const token = tokens[at];
    for (const [name, value] of LINK) token?.attrSet(name, value);
    (env as Rendering).behind = shownHost(String(token?.attrGet('href') ?? ''), token?.info === 'auto');
    return self.renderToken(tokens, at, options);
  };
  md.renderer.rules.link_close = (_tokens, _at, _options, env: unknown) => {
    const rendering = env as Rendering;
    const { behind = '' } = rendering;
    rendering.behind = undefined;
    return `</a>${escapeHtml(behind)}`;
  };
  // A picture would be fetched from wherever the text says, and tell who looks: it is named and linked instead.
  md.renderer.rules.image = (tokens, at, _options, env: unknown) => {
    const source = String(tokens[at]?.attrGet('src') ?? '');
    const name = escapeHtml(tokens[at]?.content ? tokens[at].content : 'image');
    const host = escapeHtml(shownHost(source, false));
    if ((env as Rendering).behind !== undefined) return `${name}${host}`;
    const attributes = LINK.map(([key, value]) => ` ${key}="${value}"`).join('');
    return `<a href="${escapeHtml(source)}"${attributes}>${name}</a>${host}`;
  };
  md.core.ruler.push('tasks', ({ tokens }) => {
    tokens.forEach((token, at) => {
      const isItem = tokens[at - 1]?.type === 'paragraph_open' && tokens[at - 2]?.type === 'list_item_open';
      if (token.type === 'inline' && isItem) markTask(token);
    });
  });
  return md;
}

function markTask({ children }: Token): void {
  const first = children?.[0];
  if (first?.type !== 'text') return;
  first.content = first.content.replace(TASK, (_mark, done: string) => (done === ' ' ? '☐ ' : '☑ '));
}
