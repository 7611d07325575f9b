import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { CodeView } from './code-view';

describe('CodeView', () => {
  const render = async (inputs: Record<string, unknown>): Promise<ComponentFixture<CodeView>> => {
    const fixture = TestBed.createComponent(CodeView);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
    return fixture;
  };
  const host = (fixture: ComponentFixture<CodeView>): HTMLElement => fixture.nativeElement as HTMLElement;

  it('numbers the lines from the first one shown and marks the cited range', async () => {
    const fixture = await render({ text: 'a\nb\nc\nd\n', path: 'x.unknown', startLine: 40, marked: [41, 42] });
    const numbers = [...host(fixture).querySelectorAll('.number')].map((each) => each.getAttribute('data-line'));
    expect(numbers).toEqual(['40', '41', '42', '43']);
    expect([...host(fixture).querySelectorAll('.marked code')].map((each) => each.textContent)).toEqual(['b', 'c']);
  });

  it('colours a known language without letting its text become markup', async () => {
    const fixture = await render({ text: 'const a = "<img src=x onerror=alert(1)>";', path: 'a.ts' });
    await vi.waitFor(() => expect(host(fixture).querySelector('.hljs-keyword')).not.toBeNull());
    expect(host(fixture).querySelector('img')).toBeNull();
    expect(host(fixture).querySelector('code')?.textContent).toContain('<img src=x');
  });

  it('names what nobody sees', async () => {
    const fixture = await render({ text: 'if (admin\u202E) {', path: 'x.unknown' });
    expect(host(fixture).querySelector('code')?.textContent).toBe('if (admin⟨U+202E⟩) {');
  });

  it('draws only a window of a long file, and says why it cannot wrap', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n');
    const fixture = await render({ text, path: 'a.txt' });
    expect(host(fixture).querySelectorAll('app-code-line').length).toBeLessThan(500);
    expect(host(fixture).querySelector('[aria-pressed]')?.getAttribute('title')).toBe('Too long to wrap');
  });

  it('scrolls a long file to what is marked in it, once it is as high as its text', async () => {
    const scrolled: unknown[] = [];
    vi.spyOn(Element.prototype, 'scrollTo').mockImplementation(function (this: Element, ...args: unknown[]) {
      const height = this.querySelector<HTMLElement>('.cdk-virtual-scroll-spacer')?.style.height;
      scrolled.push([(args[0] as ScrollToOptions).top, height]);
    });
    const text = Array.from({ length: 5_000 }, (_, i) => `line ${i}`).join('\n');
    const fixture = await render({ text, path: 'a.txt', startLine: 3_701, marked: [6_200, 6_204] });
    await vi.waitFor(() => expect(scrolled).toEqual([[2_496 * 20, `${5_000 * 20}px`]]));
    fixture.componentRef.setInput('marked', undefined);
    await vi.waitFor(() => expect(scrolled.at(-1)).toEqual([0, `${5_000 * 20}px`]));
    vi.restoreAllMocks();
  });

  it('wraps when asked to', async () => {
    const fixture = await render({ text: 'a', path: 'a.txt' });
    host(fixture).querySelector<HTMLElement>('[aria-pressed]')?.click();
    await fixture.whenStable();
    expect(host(fixture).querySelector('.code.wrap')).not.toBeNull();
  });
});
