import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { DiffView } from './diff-view';

const hunk = (at: number) => `@@ -${at},2 +${at},2 @@ class A {\n context\n-const a = 1;\n+const a = "<b>two</b>";\n`;
const file = (name: string, body: string) => `diff --git a/${name} b/${name}\n--- a/${name}\n+++ b/${name}\n${body}`;

describe('DiffView', () => {
  const render = async (patch: string): Promise<ComponentFixture<DiffView>> => {
    const fixture = TestBed.createComponent(DiffView);
    fixture.componentRef.setInput('patch', patch);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    return fixture;
  };
  const all = (fixture: ComponentFixture<DiffView>, selector: string): HTMLElement[] => [
    ...(fixture.nativeElement as HTMLElement).querySelectorAll<HTMLElement>(selector),
  ];
  const press = async (fixture: ComponentFixture<DiffView>, key: string): Promise<string | undefined> => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await fixture.whenStable();
    return document.activeElement?.textContent.trim().slice(0, 8);
  };

  it('shows every file with its numbers and folds one', async () => {
    const fixture = await render(file('a.ts', hunk(1)) + file('b.ts', hunk(7)));
    expect(all(fixture, '.bar p')[0]?.textContent).toContain('2 files');
    expect(all(fixture, '[data-kind=added]')).toHaveLength(2);
    all(fixture, '.fold')[0]?.click();
    await fixture.whenStable();
    expect(all(fixture, '[data-kind=added]')).toHaveLength(1);
  });

  it('goes from change to change over files, and opens a folded one for it', async () => {
    const fixture = await render(file('a.ts', hunk(1) + hunk(20)) + file('b.ts', hunk(7)));
    all(fixture, '.bar button')[0]?.click();
    await fixture.whenStable();
    expect(all(fixture, '[data-kind=added]')).toHaveLength(0);
    expect([
      await press(fixture, 'n'),
      await press(fixture, 'n'),
      await press(fixture, 'n'),
      await press(fixture, 'n'),
    ]).toEqual(['@@ -1,2 ', '@@ -20,2', '@@ -7,2 ', '@@ -7,2 ']);
    expect(await press(fixture, 'p')).toBe('@@ -20,2');
  });

  it('colours both sides and keeps code code', async () => {
    const fixture = await render(file('a.ts', hunk(1)));
    await vi.waitFor(() => expect(all(fixture, '.hljs-keyword')).toHaveLength(2));
    expect(all(fixture, 'code b')).toHaveLength(0);
    expect(all(fixture, '[data-kind=added] code')[0]?.textContent).toBe('const a = "<b>two</b>";');
  });

  it('names what nobody sees, in the lines and in the names of files', async () => {
    const fixture = await render(file('a\u200Bb.ts', hunk(1).replace('two', 'tw\u202Eo')));
    expect(all(fixture, '.path')[0]?.textContent).toContain('a⟨U+200B⟩b.ts');
    expect(all(fixture, '[data-kind=added] code')[0]?.textContent).toContain('tw⟨U+202E⟩o');
  });

  it('starts a very large file folded', async () => {
    const lines = Array.from({ length: 2500 }, (_, i) => `+line ${i}`).join('\n');
    const fixture = await render(file('package-lock.json', `@@ -0,0 +1,2500 @@\n${lines}\n`));
    expect(all(fixture, '.fold')[0]?.getAttribute('aria-expanded')).toBe('false');
  });
});
