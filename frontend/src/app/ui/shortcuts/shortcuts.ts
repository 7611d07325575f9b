import { DOCUMENT, DestroyRef, Service, computed, inject, signal } from '@angular/core';

/** A key (with modifiers) that does something on the current page. */
export interface Shortcut {
  /** `mod+k` (Ctrl, on a Mac ⌘), `shift+enter`, `j`, `?`. */
  readonly keys: string;
  readonly label: string;
  /** Under which heading the sheet lists it. */
  readonly group: string;
  readonly run: () => void;
}

const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.userAgent);

const editable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]') !== null;

/** The shortcut an event stands for, in the notation of `Shortcut.keys`. */
function keysOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : '';
  // Shift is part of what it types ("?"), and only named with keys that type nothing.
  const shift = event.shiftKey && key.length > 1 ? 'shift+' : '';
  return `${modifier}${shift}${key}`;
}

/**
 * The keys that work right now. Pages register theirs and lose them when they go; of two with the same key the
 * newer wins. Keys without a modifier rest while somebody types or a dialog is open.
 */
@Service()
export class Shortcuts {
  private readonly list = signal<readonly Shortcut[]>([]);
  private readonly document = inject(DOCUMENT);

  /** What the sheet shows: each key once, the newest meaning. */
  readonly active = computed(() => [...new Map(this.list().map((shortcut) => [shortcut.keys, shortcut])).values()]);

  constructor() {
    this.document.addEventListener('keydown', (event) => this.handle(event));
  }

  /** Returns the function that takes them away again. */
  add(shortcuts: readonly Shortcut[]): () => void {
    this.list.update((all) => [...all, ...shortcuts]);
    return () => this.list.update((all) => all.filter((each) => !shortcuts.includes(each)));
  }

  private handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const keys = keysOf(event);
    const shortcut = this.list().findLast((each) => each.keys === keys);
    if (!shortcut) return;
    const busy = editable(event.target) || this.document.querySelector('[role=dialog][aria-modal=true]') !== null;
    if (busy && !keys.startsWith('mod+')) return;
    event.preventDefault();
    shortcut.run();
  }
}

/** Gives the component that calls it its keys for as long as it lives. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  inject(DestroyRef).onDestroy(inject(Shortcuts).add(shortcuts));
}

/** The caps to draw for a shortcut: `mod+k` is Ctrl K, on a Mac ⌘ K. */
export function keyCaps(keys: string): string[] {
  const names: Record<string, string> = {
    mod: isMac() ? '⌘' : 'Ctrl',
    arrowup: '↑',
    arrowdown: '↓',
    enter: '↵',
    escape: 'Esc',
  };
  return keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}
