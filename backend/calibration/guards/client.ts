import type { Guard } from '../guard.js';

const MARKDOWN = 'frontend/src/app/ui/markdown';
const TEXTS = `${MARKDOWN}/markdown.spec.ts`;

/** What the client makes of texts that others wrote. Vitest writes another sign between a group and its test: tests are named alone. */
export const CLIENT: readonly Guard[] = [
  {
    without: 'HTML that somebody wrote would be HTML in the client',
    file: `${MARKDOWN}/render.ts`,
    take: 'new MarkdownIt({ html: false, linkify: true })',
    put: 'new MarkdownIt({ html: true, linkify: true })',
    test: TEXTS,
    named: 'D18: shows markup',
  },
  {
    without: 'a picture in a text would be loaded from elsewhere by the client',
    file: `${MARKDOWN}/render.ts`,
    take: "rules['image'] = ",
    put: "rules['picture'] = ",
    test: TEXTS,
    named: 'loads no picture',
  },
  {
    without: 'a text could lead to an address of ours in the client',
    file: `${MARKDOWN}/render.ts`,
    take: 'markdown.validateLink = isAllowedLink;',
    put: 'void isAllowedLink;',
    test: TEXTS,
    named: 'makes no link',
  },
  {
    without: 'a text could hold what nobody sees when the client shows it',
    file: `${MARKDOWN}/render.ts`,
    take: 'markdown.parse(stripInvisible(text), { places })',
    put: 'markdown.parse(text || stripInvisible(text), { places })',
    test: TEXTS,
    named: 'leaves out what nobody sees',
  },
  {
    without: "the server's HTML would be shown as it comes",
    file: `${MARKDOWN}/sanitize.ts`,
    take: 'return purify.sanitize(html, allowed);',
    put: 'return html || purify.sanitize(html, allowed);',
    test: TEXTS,
    named: 'trusts no HTML',
  },
  {
    without: 'a link could tell where it is opened from',
    file: `${MARKDOWN}/sanitize.ts`,
    take: "element.setAttribute('rel', 'noopener noreferrer nofollow');",
    put: '',
    test: TEXTS,
    named: 'opens links in a new tab',
  },
  {
    without: 'code could be made to look other than it is',
    file: 'frontend/src/app/ui/text/invisible.ts',
    take: 'return `⟨U+${code}⟩`;',
    put: 'return character && code && character;',
    test: 'frontend/src/app/ui/text/invisible.spec.ts',
    named: '',
  },
];
