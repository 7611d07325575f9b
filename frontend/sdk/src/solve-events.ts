import { client as standard } from './generated/client.gen.js';
import type { Client } from './generated/client/index.js';
import type { StreamOptions } from './events.js';

/**
 * The live side of `getSolveEvents`: the document describes one address that lists what is stored (JSON) and streams
 * what happens (Server-Sent Events); the generated function is the list. Give it to `events`.
 */
export const streamSolveEvents = ({
  client = standard,
  ...options
}: StreamOptions & { readonly path: { readonly id: string }; readonly client?: Client }): Promise<{
  stream: AsyncGenerator<unknown>;
}> => client.sse.get({ url: '/api/solves/{id}/events', ...options });
