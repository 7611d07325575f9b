import { TestBed } from '@angular/core/testing';
import { client } from '@yudai/sdk';
import { VerificationStore } from './verification.store';

const event = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const progress = event('progress', { checked: 250_000, total: 1_000_000 });
const verdict = { intact: true, checked: 1_000_000, anchor: { state: 'match', seq: 999_990 } };

describe('a verification', () => {
  let send: ReadableStreamDefaultController<Uint8Array>;
  let aborted: boolean;

  const start = () => {
    const store = TestBed.inject(VerificationStore);
    store.check();
    return store;
  };
  const say = (text: string): void => send.enqueue(new TextEncoder().encode(text));

  beforeEach(() => {
    aborted = false;
    TestBed.configureTestingModule({ providers: [VerificationStore] });
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
    const answer = (request: Request): Promise<Response> => {
      expect(request.headers.get('Accept')).toBe('text/event-stream');
      request.signal.addEventListener('abort', () => (aborted = true));
      return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
    };
    client.setConfig({ baseUrl: 'http://localhost', fetch: answer as unknown as typeof fetch });
  });

  it('says how far it is, and what it has found', async () => {
    const store = start();
    say(progress);
    await vi.waitFor(() => expect(store.progress()).toMatchObject({ checked: 250_000, total: 1_000_000 }));
    expect(store.running()).toBe(true);
    say(event('done', verdict));
    await vi.waitFor(() => expect(store.verification()).toEqual(verdict));
    expect(store.running()).toBe(false);
  });

  it('is stopped on the server, too', async () => {
    const store = start();
    say(progress);
    await vi.waitFor(() => expect(store.progress()).toBeDefined());
    store.dismiss();
    await vi.waitFor(() => expect(aborted).toBe(true));
    expect(store.running()).toBe(false);
  });

  it('that is cut in the middle is no result', async () => {
    const store = start();
    say(progress);
    send.close();
    await vi.waitFor(() => expect(store.problem()?.status).toBe(0));
    expect(store.verification()).toBeUndefined();
  });

  it('that fails says why', async () => {
    const store = start();
    say(event('error', { status: 503, detail: 'The database is away.' }));
    await vi.waitFor(() => expect(store.problem()?.detail).toBe('The database is away.'));
  });
});
