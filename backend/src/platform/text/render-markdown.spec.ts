import { renderMarkdown } from './render-markdown.js';

const LINK = 'rel="nofollow noopener noreferrer" target="_blank"';

describe('HTML of a text that others wrote', () => {
  it('is structure and text', () => {
    expect(renderMarkdown('## Steps\n\n1. `GET /todos`\n\n| a | b |\n|---|---|\n| 1 | **2** |')).toBe(
      '<h2>Steps</h2>\n<ol>\n<li><code>GET /todos</code></li>\n</ol>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n' +
        '</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td><strong>2</strong></td>\n</tr>\n</tbody>\n</table>\n',
    );
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a handler', '<b onclick="alert(1)">bold</b>'],
    ['a frame', 'before <iframe src="https://evil.example"></iframe> after'],
    ['a style', '<style>body { display: none }</style>'],
    ['a form', '<form action="https://evil.example"><input name="password"></form>'],
    ['a picture in HTML', '<img src="https://evil.example/x.png" onerror="alert(1)">'],
  ])('shows %s as the text it is', (_what, html) => {
    const rendered = renderMarkdown(html);
    expect(rendered).not.toMatch(/<(?!\/?p>|a |\/a>)/);
    expect(rendered).not.toMatch(/<[^>]* on\w+=/);
    expect(rendered).toContain('&lt;');
  });

  it('loads no picture: it is a link with its name', () => {
    expect(renderMarkdown('![the page](https://evil.example/pixel.png?who=me)')).toBe(
      `<p><a href="https://evil.example/pixel.png?who=me" ${LINK}>the page</a> (evil.example)</p>\n`,
    );
    expect(renderMarkdown('[![a](https://a.example/x.png)](https://b.example)')).toBe(
      `<p><a href="https://b.example" ${LINK}>a (a.example)</a> (b.example)</p>\n`,
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>)',
    '![x](javascript:alert(1))',
    '[x](//evil.example)',
    '[x](/api/auth/logout)',
    '[x](../settings)',
    '[x](https:/\\\\evil.example)',
  ])('has no address such as %s', (text) => {
    expect(renderMarkdown(text)).not.toContain('href');
  });

  it('hides no comment', () => {
    expect(renderMarkdown('Text <!-- hidden --> goes on.')).toBe('<p>Text &lt;!-- hidden --&gt; goes on.</p>\n');
  });

  it.each([
    ['[https://github.com/login](https://evil.example/a)', ' (evil.example)'],
    ['[click](https://github.com@evil.example/)', ' (evil.example)'],
    ['<https://github.com@evil.example/>', ' (evil.example)'],
    ['https://gіthub.com', ' (xn--gthub-n2e.com)'],
    ['[write](mailto:a@evil.example?subject=x)', ' (a@evil.example)'],
    ['https://plain.example/path', ''],
  ])('says where %s leads', (text, behind) => {
    const html = renderMarkdown(text);
    expect(html).toContain(`</a>${behind}</p>`);
    expect(html).toContain(LINK);
  });

  it('leaves out what nobody sees', () => {
    expect(renderMarkdown('a\u202Eb\u200Bc\u{E0041}')).toBe('<p>abc</p>\n');
  });

  it.each([
    ['lists', `${'- '.repeat(300)}deep\n\nafter`],
    ['quotes', `${'> '.repeat(300)}deep\n\nafter`],
    ['both, and goes on at less depth', `${'> - '.repeat(60)}deep\n${'  '.repeat(70)}on\n\n  within\n\nafter`],
  ])('shows what is nested too deep in %s as it was written, and all that follows', (_what, text) => {
    const html = renderMarkdown(text);
    expect(html).toContain('deep');
    for (const word of text.match(/[a-z]+/g) ?? []) expect(html).toContain(word);
    expect(html).toMatch(/<p>after<\/p>\n$/);
    expect(html).toContain('<pre><code>');
  });

  it('shows tasks as boxes', () => {
    expect(renderMarkdown('- [ ] open\n- [x] done\n- [link](https://a.example)')).toBe(
      '<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n<li>' +
        `<a href="https://a.example" ${LINK}>link</a> (a.example)</li>\n</ul>\n`,
    );
  });
});
