import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts';

describe('Shortcuts', () => {
  const press = (init: KeyboardEventInit, target: EventTarget = document.body): void => {
    target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  };
  const shortcut = (keys: string, run: () => void) => ({ keys, label: keys, group: 'Test', run });

  afterEach(() => document.body.replaceChildren());

  it('runs the newest meaning of a key and gives the older one back', () => {
    const older = vi.fn();
    const newer = vi.fn();
    const shortcuts = TestBed.inject(Shortcuts);
    shortcuts.add([shortcut('n', older)]);
    const remove = shortcuts.add([shortcut('n', newer)]);
    press({ key: 'n' });
    remove();
    press({ key: 'n' });
    expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([1, 1]);
  });

  it('leaves plain keys to whoever is typing, but not those with a modifier', () => {
    const plain = vi.fn();
    const palette = vi.fn();
    TestBed.inject(Shortcuts).add([shortcut('j', plain), shortcut('mod+k', palette)]);
    const field = document.createElement('textarea');
    document.body.append(field);
    press({ key: 'j' }, field);
    press({ key: 'k', ctrlKey: true }, field);
    press({ key: 'K', metaKey: true }, field);
    expect(plain).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledTimes(2);
  });

  it('rests while a dialog is open', () => {
    const run = vi.fn();
    TestBed.inject(Shortcuts).add([shortcut('j', run)]);
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    document.body.append(dialog);
    press({ key: 'j' });
    expect(run).not.toHaveBeenCalled();
  });

  it('hears "?" however the keyboard types it', () => {
    const run = vi.fn();
    TestBed.inject(Shortcuts).add([shortcut('?', run)]);
    press({ key: '?', shiftKey: true });
    expect(run).toHaveBeenCalledTimes(1);
  });
});
