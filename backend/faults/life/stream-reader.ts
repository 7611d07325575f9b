import type { ApiClient } from '../../test/support/index.js';

/** How an event stream went: the waits it told its reader, and whether it ended as HTTP says or just broke off. */
export interface Read {
  readonly retries: readonly number[];
  readonly isClean: boolean;
}

/** Reads a stream to its end. @throws Error when it is none */
export async function readStream(client: ApiClient, path: string): Promise<Read> {
  const answer = await fetch(`${client.url}${path}`, { headers: { ...client.headers, accept: 'text/event-stream' } });
  if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  const parts: string[] = [];
  let isClean = true;
  try {
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) parts.push(part);
  } catch {
    isClean = false;
  }
  return { retries: [...parts.join('').matchAll(/^retry: (\d+)$/gm)].map(([, wait]) => Number(wait)), isClean };
}
