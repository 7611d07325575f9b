import { TestBed } from '@angular/core/testing';
import { Markdown } from './markdown';
import { MarkdownLoader } from './markdown-loader';
import { renderMarkdown } from './render';
import { Rendered } from './rendered';

const html = (text: string): string =>
  renderMarkdown(text)
    .map((segment) => (segment.kind === 'html' ? segment.html : `[code ${segment.language}]`))
    .join('');

describe('renderMarkdown', () => {
  it('takes the code blocks out so that they can be coloured and copied', () => {
    expect(renderMarkdown('Before\n\n```ts title\nconst a = 1;\n```\n\nafter')).toEqual([
      { kind: 'html', html: '<p>Before</p>\n' },
      { kind: 'code', code: 'const a = 1;', language: 'ts' },
      { kind: 'html', html: '<p>after</p>\n' },
    ]);
  });

  it('keeps a block inside a list where it stands', () => {
    const segments = renderMarkdown('- item\n\n  ```\n  x\n  ```');
    expect(segments).toHaveLength(1);
    expect(html('- item\n\n  ```\n  x\n  ```')).toContain('<pre><code>x');
  });

  it('D18: shows markup written by a repository or a model as text', () => {
    const out = html('<script>alert(1)</script><img src=x onerror=alert(1)> <b onclick="x()">b</b>');
    expect(out).not.toMatch(/<(script|img|b)\b/);
    expect(out).toContain('&lt;script&gt;');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'JaVaScRiPt:alert(1)',
    '//evil.test',
    '/api/auth/logout',
    '/s/somewhere/else',
    'https:/\\evil.test',
  ])('makes no link to %s', (target) => expect(html(`[click](${target})`)).not.toContain('href'));

  it.each(['- ', '> ', '> - '])(
    'shows what is nested too deep by "%s" as it was written, and all that follows',
    (mark) => {
      const out = html(`${mark.repeat(300)}deep <b>\n\nafter`);
      expect(out).toContain('deep &lt;b&gt;');
      expect(out).toMatch(/<p>after<\/p>\n$/);
    },
  );

  it('loads no picture from elsewhere, it names and links it', () => {
    const out = html('![a "cat"](https://evil.test/pixel.png)');
    expect(out).not.toContain('<img');
    expect(out).toContain('href="https://evil.test/pixel.png"');
    expect(out).toContain('</a> (evil.test)');
  });

  it('opens links in a new tab without telling them where they come from', () => {
    expect(html('https://example.test')).toContain('rel="noopener noreferrer nofollow"');
  });

  it.each([
    ['[https://github.com](https://evil.test/a)', ' (evil.test)'],
    ['<https://github.com@evil.test/>', ' (evil.test)'],
    ['https://gіthub.com', ' (xn--gthub-n2e.com)'],
    ['https://plain.test/path', ''],
  ])('says where %s leads', (text, behind) => expect(html(text)).toContain(`</a>${behind}</p>`));

  it('leaves out what nobody sees', () => expect(html('a\u202Eb\u200Bc')).toBe('<p>abc</p>\n'));

  it('survives what a half-streamed answer looks like', () => {
    expect(renderMarkdown('```ts\nconst a')).toEqual([{ kind: 'code', code: 'const a', language: 'ts' }]);
    expect(html('**bold and [link](')).toContain('[link](');
  });
});

describe('citations', () => {
  const places = new Map([['src/todo.ts:12-30', '/s/1?file=src%2Ftodo.ts&lines=12-30']]);
  const cited = (text: string): string =>
    renderMarkdown(text, places)
      .map((segment) => (segment.kind === 'html' ? segment.html : segment.code))
      .join('');

  it('lead to the lines they name, inside the page', () => {
    expect(cited('See [src/todo.ts:12-30].')).toContain(
      '<a href="/s/1?file=src%2Ftodo.ts&amp;lines=12-30" class="place">src/todo.ts:12-30</a>',
    );
  });

  it.each(['[`src/todo.ts:12-30`]', '`[src/todo.ts:12-30]`'])('lead there also where a model writes %s', (mark) => {
    expect(cited(`See ${mark}.`)).toMatch(/^<p>See <a href="[^"]+" class="place">src\/todo\.ts:12-30<\/a>\.<\/p>$/m);
  });

  it('of places that the answer does not rest on stay text, and so do those in a piece of code', () => {
    expect(cited('[src/todo.ts:1-2]')).not.toContain('<a');
    expect(cited('`[src/todo.ts:1-2]`')).toContain('<code>[src/todo.ts:1-2]</code>');
    expect(cited('`at [src/todo.ts:12-30]` and ``[src/todo.ts:12-30]``')).not.toContain('<a');
    expect(cited('- ```\n  [src/todo.ts:12-30]\n  ```')).not.toContain('<a');
    expect(cited('[`[src/todo.ts:12-30]`](https://example.org)')).not.toContain('class="place"');
  });

  it('cannot be made to lead elsewhere', () => {
    expect(cited('[src/todo.ts:12-30](https://evil.test)')).not.toContain('class="place"');
  });
});

describe('Rendered', () => {
  it('trusts no HTML, whoever has rendered it', async () => {
    const fixture = TestBed.createComponent(Rendered);
    const hostile =
      '<p style="color:red">a<img src="https://evil.test/x.png"><script>1</script><a href="https://evil.test">b</a>' +
      '<a href="javascript:1">c</a><svg onload="1"></svg><input></p><form action="https://evil.test"></form>';
    fixture.componentRef.setInput('html', hostile);
    await vi.waitFor(() => expect(TestBed.inject(MarkdownLoader).sanitize()).toBeDefined());
    await fixture.whenStable();
    const prose = (fixture.nativeElement as HTMLElement).querySelector('.prose');
    const outside = 'target="_blank" rel="noopener noreferrer nofollow"';
    expect(prose?.innerHTML).toBe(`<p>a<a href="https://evil.test" ${outside}>b</a><a ${outside}>c</a></p>`);
  });
});

describe('Markdown', () => {
  it('shows the plain text until the renderer has arrived, then the rendered one', async () => {
    const fixture = TestBed.createComponent(Markdown);
    fixture.componentRef.setInput('text', 'some **bold** words');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    await vi.waitFor(() => expect(TestBed.inject(MarkdownLoader).render()).toBeDefined());
    await fixture.whenStable();
    expect(host.querySelector('strong')?.textContent).toBe('bold');
  });

  it('opens a citation in place, and in a new tab when that is asked for', async () => {
    const fixture = TestBed.createComponent(Markdown);
    fixture.componentRef.setInput('text', '[a.ts:1-2]');
    fixture.componentRef.setInput('places', new Map([['a.ts:1-2', '/s/1?file=a.ts']]));
    const opened: string[] = [];
    fixture.componentInstance.open.subscribe((address) => opened.push(address));
    await vi.waitFor(() => expect(TestBed.inject(MarkdownLoader).render()).toBeDefined());
    await fixture.whenStable();
    const link = (fixture.nativeElement as HTMLElement).querySelector('a')!;
    const click = (more: MouseEventInit = {}): boolean => {
      link.addEventListener('click', (event) => event.ctrlKey && event.stopPropagation(), { once: true });
      return link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...more }));
    };
    expect([click(), click({ ctrlKey: true })]).toEqual([false, true]);
    expect(opened).toEqual(['/s/1?file=a.ts']);
  });
});
