import { type ServerEvent, type StreamOptions, events } from '@yudai/sdk';
import { Observable, type Subscriber } from 'rxjs';
import { problemOf } from '../problem/problem';

/** What happens on a stream that mends itself. */
export type StreamSignal =
  { readonly kind: 'event'; readonly event: ServerEvent } | { readonly kind: 'open' } | { readonly kind: 'lost' };

/** One of the SDK's stream functions, with everything but the connection's options given. */
export type OpenStream = (options: StreamOptions) => Promise<{ stream: AsyncGenerator }>;

/** First and longest pause between two tries, in milliseconds. */
const firstPause = 500;
const longestPause = 15_000;
/** The server sends at least a comment every 15 s; a connection that is silent this long is dead (after sleep, say). */
const silence = 40_000;

/** Answers that stay the same however often one asks. */
const final = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/** Waits, but no longer than until the browser is online or looked at again. */
function pause(milliseconds: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const done = (): void => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    gone.addEventListener('abort', done, { signal: over.signal });
    window.addEventListener('online', done, { signal: over.signal });
    document.addEventListener('visibilitychange', done, { signal: over.signal });
  });
}

/** One stream over as many connections as it takes. */
class Resuming {
  private lastEventId: string | undefined;
  private failures = 0;
  private open = false;

  constructor(
    private readonly source: OpenStream,
    private readonly isLast: (event: ServerEvent) => boolean,
    private readonly out: Subscriber<StreamSignal>,
    private readonly gone: AbortSignal,
  ) {}

  async run(): Promise<void> {
    while (!this.gone.aborted) {
      try {
        if (await this.connection()) break;
      } catch (error) {
        if (final(problemOf(error).status)) throw error;
      }
      if (this.open || this.failures === 0) this.out.next({ kind: 'lost' });
      this.open = false;
      await pause(Math.min(longestPause, firstPause * 2 ** this.failures), this.gone);
      this.failures++;
    }
    this.out.complete();
  }

  /** Reads until the connection ends; true when the stream itself has ended. */
  private async connection(): Promise<boolean> {
    const dead = new AbortController();
    let timer = setTimeout(() => dead.abort(), silence);
    const onAlive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => dead.abort(), silence);
      this.failures = 0;
      if (!this.open) this.out.next({ kind: 'open' });
      this.open = true;
    };
    const signal = AbortSignal.any([this.gone, dead.signal]);
    try {
      for await (const event of events(this.source, { lastEventId: this.lastEventId, signal, onAlive })) {
        this.lastEventId = event.id || this.lastEventId;
        this.out.next({ kind: 'event', event });
        if (this.isLast(event)) return true;
      }
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Reads a stream of the SDK and goes on after the last event seen when the connection breaks, with growing pauses.
 * It completes after the event that `isLast` names, and fails when the server refuses (4xx); a stream without a last
 * event is opened again whenever the server closes it.
 */
export function resumable(
  source: OpenStream,
  isLast: (event: ServerEvent) => boolean = () => false,
): Observable<StreamSignal> {
  return new Observable((subscriber) => {
    const gone = new AbortController();
    new Resuming(source, isLast, subscriber, gone.signal).run().catch((error: unknown) => subscriber.error(error));
    return () => gone.abort();
  });
}
