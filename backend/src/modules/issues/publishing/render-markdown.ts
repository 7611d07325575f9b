import MarkdownIt, { type MarkdownIt as Renderer, type Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

const TAGS = 'h1 h2 h3 h4 h5 h6 p br hr blockquote pre code ul ol li strong em s a table thead tbody tr th td'.split(
  ' ',
);

/** What Markdown may become here: text and structure. No image, no form, no style, no script, no other scheme of links. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { a: ['href', 'rel'], code: ['class'], ol: ['start'] },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener noreferrer' }) },
};

const COMMENT = /<!--[\s\S]*?-->/g;
const TASK = /^\[([ xX])\] /;

const markdown = renderer();

/** Renders an issue's Markdown to HTML that can be shown as it is. Raw HTML stands there as text; comments are invisible. */
export function renderMarkdown(text: string): string {
  return sanitizeHtml(markdown.render(text), ALLOWED);
}

function renderer(): Renderer {
  // HTML is recognised so that comments can be told from text; none of it is passed on
  const md = new MarkdownIt({ html: true, linkify: true });
  const asText = (content: string): string => md.utils.escapeHtml(content.replace(COMMENT, ''));
  md.renderer.rules.html_block = (tokens, at) => {
    const shown = asText(tokens[at]?.content ?? '').trim();
    return shown === '' ? '' : `<p>${shown}</p>\n`;
  };
  md.renderer.rules.html_inline = (tokens, at) => asText(tokens[at]?.content ?? '');
  md.renderer.rules.image = (tokens, at) => imageLink(md, tokens[at]);
  md.core.ruler.push('tasks', ({ tokens }) => {
    tokens.forEach((token, at) => {
      const isItem = tokens[at - 1]?.type === 'paragraph_open' && tokens[at - 2]?.type === 'list_item_open';
      if (token.type === 'inline' && isItem) markTask(token);
    });
  });
  return md;
}

/** A picture would be fetched from wherever the text says, and tell who looks; it is shown as a link. */
function imageLink({ utils }: Renderer, token: Token | undefined): string {
  const name = token?.content ? token.content : 'image';
  return `<a href="${utils.escapeHtml(String(token?.attrGet('src') ?? ''))}">${utils.escapeHtml(name)}</a>`;
}

function markTask({ children }: Token): void {
  const first = children?.[0];
  if (first?.type !== 'text') return;
  first.content = first.content.replace(TASK, (_mark, done: string) => (done === ' ' ? '☐ ' : '☑ '));
}
