import { markerOf } from './marker.js';
import { renderMarkdown } from './render-markdown.js';

describe('HTML of an issue', () => {
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
      '<p><a href="https://evil.example/pixel.png?who=me" rel="nofollow noopener noreferrer">the page</a></p>\n',
    );
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>)',
    '![x](javascript:alert(1))',
    '[x](//evil.example)',
  ])('has no address such as %s', (text) => {
    expect(renderMarkdown(text)).not.toMatch(/href="(?:javascript|data|\/\/)/);
  });

  it('does not show comments, the marker among them, but shows them in code', () => {
    expect(renderMarkdown(`Text <!-- hidden --> goes on.\n\n${markerOf('0197a3c4-0000-7000-8000-000000000001')}`)).toBe(
      '<p>Text  goes on.</p>\n',
    );
    expect(renderMarkdown('```\n<!-- shown -->\n```')).toContain('&lt;!-- shown --&gt;');
  });

  it('shows tasks as boxes', () => {
    expect(renderMarkdown('- [ ] open\n- [x] done\n- [link](https://a.example)')).toBe(
      '<ul>\n<li>☐ open</li>\n<li>☑ done</li>\n<li><a href="https://a.example" rel="nofollow noopener noreferrer">link</a></li>\n</ul>\n',
    );
  });
});
