import type { StreamOptions } from '@yudai/sdk';
import { ProblemError, problemFrom } from '../problem/problem';
import { type OpenStream, type StreamSignal, resumable } from './resumable';

type Step = { id: string; event?: string; data: unknown } | Error | 'comment';

/** A stream function whose connections follow a script; an Error breaks one, the end of a list closes it. */
function scripted(connections: Step[][]): { open: OpenStream; resumedAfter: (string | undefined)[] } {
  const resumedAfter: (string | undefined)[] = [];
  const open = (options: StreamOptions) => {
    const steps = connections[resumedAfter.length] ?? [];
    resumedAfter.push(options.headers['Last-Event-ID']);
    async function* stream(): AsyncGenerator {
      for (const step of steps) {
        await Promise.resolve();
        if (step === 'comment') options.onSseEvent({});
        else if (step instanceof Error) {
          options.onSseError(step);
          return;
        } else {
          options.onSseEvent(step);
          yield step.data;
        }
      }
    }
    return Promise.resolve({ stream: stream() });
  };
  return { open, resumedAfter };
}

describe('resumable', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const collect = (open: OpenStream) => {
    const seen: string[] = [];
    const note = (signal: StreamSignal): void => {
      seen.push(signal.kind === 'event' ? `${signal.event.event} ${String(signal.event.data)}` : signal.kind);
    };
    const subscription = resumable(open, ({ event }) => event === 'done').subscribe({
      next: note,
      error: (error: ProblemError) => seen.push(`failed ${error.problem.status}`),
      complete: () => seen.push('complete'),
    });
    return { seen, subscription };
  };

  it('goes on after the last event seen: nothing twice, nothing missed', async () => {
    const { open, resumedAfter } = scripted([
      ['comment', { id: '1', event: 'delta', data: 'a' }, { id: '2', event: 'delta', data: 'b' }, new Error('reset')],
      [
        { id: '3', event: 'delta', data: 'c' },
        { id: '4', event: 'done', data: '' },
      ],
    ]);
    const { seen } = collect(open);
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen).toEqual(['open', 'delta a', 'delta b', 'lost', 'open', 'delta c', 'done ', 'complete']);
    expect(resumedAfter).toEqual([undefined, '2']);
  });

  it('tries again when the server is away, more and more slowly', async () => {
    const away = [new ProblemError(problemFrom({}, 503))];
    const { open, resumedAfter } = scripted([away, away, away, away, [{ id: '1', event: 'done', data: 'x' }]]);
    const { seen } = collect(open);
    await vi.advanceTimersByTimeAsync(3600);
    expect(resumedAfter).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(4000);
    expect(seen).toEqual(['lost', 'open', 'done x', 'complete']);
  });

  it('tries at once when the browser comes back online', async () => {
    const { open, resumedAfter } = scripted([[new Error('a')], [new Error('b')], [new Error('c')]]);
    collect(open);
    await vi.advanceTimersByTimeAsync(600);
    const before = resumedAfter.length;
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(1);
    expect(resumedAfter).toHaveLength(before + 1);
  });

  it('gives up when the server refuses', async () => {
    const { open, resumedAfter } = scripted([[new ProblemError(problemFrom({}, 404))]]);
    const { seen } = collect(open);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual(['failed 404']);
    expect(resumedAfter).toHaveLength(1);
  });

  it('takes a connection that has gone silent for dead', async () => {
    const resumedAfter: string[] = [];
    const open: OpenStream = ({ signal }) => {
      resumedAfter.push('tried');
      async function* stream(): AsyncGenerator {
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
        yield* [];
      }
      return Promise.resolve({ stream: stream() });
    };
    const { subscription } = collect(open);
    await vi.advanceTimersByTimeAsync(42_000);
    expect(resumedAfter).toHaveLength(2);
    subscription.unsubscribe();
  });

  it('stops when nobody reads any more', async () => {
    const { open, resumedAfter } = scripted([[new Error('a')]]);
    const { subscription } = collect(open);
    await vi.advanceTimersByTimeAsync(1);
    subscription.unsubscribe();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(resumedAfter).toHaveLength(1);
  });
});
