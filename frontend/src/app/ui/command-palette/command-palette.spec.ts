import { TestBed } from '@angular/core/testing';
import { type Command, Palette, matches } from './palette';

describe('matches', () => {
  it('wants every word, in any order', () => {
    expect(matches('todo acme', 'acme/todo-api Login loops')).toBe(true);
    expect(matches('todo globex', 'acme/todo-api')).toBe(false);
    expect(matches('', 'anything')).toBe(true);
  });
});

describe('CommandPalette', () => {
  const run = vi.fn<(id: string) => void>();
  const command = (id: string): Command => ({
    id,
    label: `Go to ${id}`,
    group: 'Go to',
    icon: 'link',
    run: () => run(id),
  });
  const input = (): HTMLInputElement => document.querySelector('app-command-palette input')!;
  const options = (): string[] =>
    [...document.querySelectorAll('app-command-palette [role=option]')].map((each) => each.textContent.trim());
  const shows = (expected: string[]) =>
    vi.waitFor(() => {
      TestBed.tick();
      expect(options()).toEqual(expected);
    });

  beforeEach(() => run.mockReset());

  it('finds as one types and runs the chosen command after it has closed', async () => {
    const palette = TestBed.inject(Palette);
    palette.add((query) => ['sessions', 'audit', 'settings'].map(command).filter(({ label }) => matches(query, label)));
    palette.add(() => Promise.reject(new Error('no network')));
    await palette.open();
    await shows(['Go to sessions', 'Go to audit', 'Go to settings']);
    input().value = 'se';
    input().dispatchEvent(new Event('input'));
    await shows(['Go to sessions', 'Go to settings']);
    input().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    input().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await vi.waitFor(() => expect(run).toHaveBeenCalledWith('settings'));
  });

  it('takes Enter for what was typed, not for what happens to be on screen still', async () => {
    const palette = TestBed.inject(Palette);
    palette.add((query) => ['sessions', 'audit', 'settings'].map(command).filter(({ label }) => matches(query, label)));
    await palette.open();
    await shows(['Go to sessions', 'Go to audit', 'Go to settings']);
    input().value = 'settings';
    input().dispatchEvent(new Event('input'));
    input().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await vi.waitFor(() => {
      TestBed.tick();
      expect(run).toHaveBeenCalledWith('settings');
    });
  });
});
