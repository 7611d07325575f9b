import { TestBed } from '@angular/core/testing';
import { client } from '@yudai/sdk';
import { pageSize } from './trail';
import { TrailStore } from './trail.store';

const nothing = { q: '', actor: '', action: '', target: '', result: '', from: '', to: '' };

describe('the trail as it is scrolled', () => {
  let asked: URL[];
  let fail: boolean;
  let slow: number;
  const before = (): (number | null)[] => asked.map(({ searchParams }) => Number(searchParams.get('before')) || null);

  /** A server with 1,000,000 entries that answers after a moment. */
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    asked.push(url);
    await new Promise((resolve, reject) => {
      setTimeout(resolve, slow);
      request.signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')));
    });
    if (fail) return Response.json({ detail: 'The database is away.' }, { status: 503 });
    const newest = Number(url.searchParams.get('before') ?? 1_000_001) - 1;
    const items = Array.from({ length: pageSize }, (_, at) => ({ seq: newest - at })).filter(({ seq }) => seq > 0);
    return Response.json({ items, nextCursor: 'more', oldest: 1 });
  };

  const start = async (filter = nothing) => {
    const store = TestBed.runInInjectionContext(() => TestBed.inject(TrailStore));
    store.show(filter);
    await vi.waitFor(() => expect(store.status()).toBe('loaded'));
    return store;
  };

  beforeEach(() => {
    asked = [];
    fail = false;
    slow = 10;
    TestBed.configureTestingModule({ providers: [TrailStore] });
    client.setConfig({ baseUrl: 'http://localhost', throwOnError: true, fetch: answer as unknown as typeof fetch });
  });

  it('asks only for what is seen when the bar is dragged through all of it', async () => {
    const store = await start();
    for (let start = 0; start < 900_000; start += 30_000) store.want({ start, end: start + 40 });
    await vi.waitFor(() => expect(store.trail().pages.has(8700)).toBe(true));
    expect(asked.length).toBeLessThan(5);
    expect(before().at(-1)).toBe(1_000_000 - 870_000 + 1);
  });

  it('gives up what was scrolled past, and loads it again on the way back', async () => {
    const store = await start();
    slow = 400;
    store.want({ start: 50_000, end: 50_040 });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    store.want({ start: 0, end: 40 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(store.trail().pages.has(500)).toBe(false);
    store.want({ start: 50_000, end: 50_040 });
    await vi.waitFor(() => expect(store.trail().pages.has(500)).toBe(true));
  });

  it('says what failed, asks no more by itself, and goes on when told to', async () => {
    const store = await start();
    fail = true;
    store.want({ start: 5000, end: 5040 });
    await vi.waitFor(() => expect(store.problem()).toBeDefined());
    const count = asked.length;
    store.want({ start: 6000, end: 6040 });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(asked).toHaveLength(count);
    fail = false;
    store.retry();
    await vi.waitFor(() => expect(store.trail().pages.has(60)).toBe(true));
    expect(store.problem()).toBeUndefined();
  });

  it('forgets the old answer when another filter is chosen', async () => {
    const store = await start();
    store.want({ start: 50_000, end: 50_040 });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    store.show({ ...nothing, actor: 'ada' });
    await vi.waitFor(() => expect(store.status()).toBe('loaded'));
    expect([...store.trail().pages.keys()]).toEqual([0]);
    expect(asked.at(-1)?.searchParams.get('actor')).toBe('ada');
  });
});
