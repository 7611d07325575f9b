import { TestBed } from '@angular/core/testing';
import { signalStore } from '@ngrx/signals';
import { ProblemError, problemFrom } from '../problem/problem';
import { type Page, withPages } from './with-pages';

describe('withPages', () => {
  const pending = new Map<
    string,
    { resolve: (page: { data: Page<string> }) => void; reject: (error: unknown) => void }
  >();
  const load = vi.fn(
    (query: string, cursor: string | undefined) =>
      new Promise<{ data: Page<string> }>((resolve, reject) =>
        pending.set(`${query} ${cursor ?? ''}`.trim(), { resolve, reject }),
      ),
  );
  const Store = signalStore({ providedIn: 'root' }, withPages<string, string>(load));
  const answer = async (call: string, items: string[], nextCursor: string | null = null): Promise<void> => {
    pending.get(call)?.resolve({ data: { items, nextCursor } });
    await Promise.resolve();
    await Promise.resolve();
  };

  beforeEach(() => {
    pending.clear();
    load.mockClear();
  });

  it('shows what was asked for last, whatever order the answers come in', async () => {
    const store = TestBed.inject(Store);
    store.show('a');
    store.show('ab');
    await answer('ab', ['abacus']);
    await answer('a', ['apple']);
    expect(store.items()).toEqual(['abacus']);
  });

  it('adds the next page once, however often it is asked for', async () => {
    const store = TestBed.inject(Store);
    store.show('a');
    await answer('a', ['1', '2'], 'c');
    store.more();
    store.more();
    await answer('a c', ['3']);
    expect(store.items()).toEqual(['1', '2', '3']);
    expect(store.hasMore()).toBe(false);
    store.more();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not mix a late page into another query', async () => {
    const store = TestBed.inject(Store);
    store.show('a');
    await answer('a', ['1'], 'c');
    store.more();
    store.show('b');
    await answer('b', ['x']);
    await answer('a c', ['2']);
    expect(store.items()).toEqual(['x']);
  });

  it('keeps what it has when more cannot be had, and tries again', async () => {
    const store = TestBed.inject(Store);
    store.show('a');
    await answer('a', ['1'], 'c');
    store.more();
    pending.get('a c')?.reject(new ProblemError(problemFrom({}, 503)));
    await vi.waitFor(() => expect(store.problem()?.status).toBe(503));
    expect(store.items()).toEqual(['1']);
    store.more();
    await answer('a c', ['2']);
    expect(store.items()).toEqual(['1', '2']);
  });

  it('tells loading from empty', async () => {
    const store = TestBed.inject(Store);
    expect(store.firstLoad()).toBe(true);
    store.show('a');
    await answer('a', []);
    expect([store.firstLoad(), store.isEmpty()]).toEqual([false, true]);
  });
});
