/** One Server-Sent Event, its data already parsed. */
export interface ServerEvent {
  /** Position in the stream: give it back as `lastEventId` to go on after it. */
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** What `events` adds to a stream function's own options. */
export interface StreamOptions {
  readonly headers: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly sseMaxRetryAttempts: number;
  readonly onSseError: (error: unknown) => void;
  readonly onSseEvent: (event: { data?: unknown; event?: string; id?: string }) => void;
}

/**
 * Reads one of the SDK's streams with names and ids, which its bare iterator leaves out:
 * `events((options) => streamMessage({ path, ...options }), { lastEventId })`.
 * `onAlive` is called for everything that arrives, the server's keep-alive comments included.
 * One connection: it ends when the server ends it and throws when it breaks; whoever wants to go on calls again with
 * the last id seen.
 */
export async function* events(
  open: (options: StreamOptions) => Promise<{ stream: AsyncGenerator<unknown> }>,
  { lastEventId, signal, onAlive }: { lastEventId?: string; signal?: AbortSignal; onAlive?: () => void } = {},
): AsyncGenerator<ServerEvent, void> {
  let latest: { event?: string; id?: string } = {};
  let failure: { readonly error: unknown } | undefined;
  const { stream } = await open({
    headers: lastEventId ? { 'Last-Event-ID': lastEventId } : {},
    ...(signal ? { signal } : {}),
    sseMaxRetryAttempts: 1,
    onSseError: (error) => (failure = { error }),
    onSseEvent: (event) => {
      latest = event;
      onAlive?.();
    },
  });
  for await (const data of stream) yield { id: latest.id ?? '', event: latest.event ?? 'message', data };
  if (failure && !signal?.aborted) throw failure.error;
}
