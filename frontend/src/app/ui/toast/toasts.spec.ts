import { TestBed } from '@angular/core/testing';
import { ToastOutlet } from './toast-outlet';
import { Toasts } from './toasts';

describe('Toasts', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('lets a notice go by itself and a failure stay', () => {
    const toasts = TestBed.inject(Toasts);
    toasts.show('Archived');
    toasts.fail('Could not archive');
    vi.advanceTimersByTime(60_000);
    expect(toasts.items().map((toast) => toast.text)).toEqual(['Could not archive']);
  });

  it('does not pile up the same words', () => {
    const toasts = TestBed.inject(Toasts);
    for (let i = 0; i < 5; i++) toasts.fail('No network');
    expect(toasts.items()).toHaveLength(1);
  });

  it('undoes once, and is gone then', () => {
    const undo = vi.fn();
    const toasts = TestBed.inject(Toasts);
    const fixture = TestBed.createComponent(ToastOutlet);
    toasts.show('Archived', { label: 'Undo', run: undo });
    TestBed.tick();
    const host = fixture.nativeElement as HTMLElement;
    host.querySelector('button')?.click();
    TestBed.tick();
    expect(undo).toHaveBeenCalledTimes(1);
    expect(host.querySelector('.toast')).toBeNull();
  });
});
