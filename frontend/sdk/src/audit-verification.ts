import { client as standard } from './generated/client.gen.js';
import type { Client } from './generated/client/index.js';
import type { StreamOptions } from './events.js';

/**
 * `verifyAudit` as it goes on: the same address tells how far it is (`progress {checked, total}`) and at last what was
 * found (`done`), for whoever takes Server-Sent Events. Give it to `events`. Leaving the stream stops the verification.
 */
export const streamAuditVerification = ({
  client = standard,
  headers,
  ...options
}: StreamOptions & { readonly client?: Client }): Promise<{ stream: AsyncGenerator<unknown> }> =>
  client.sse.get({ url: '/api/audit/verify', ...options, headers: { ...headers, Accept: 'text/event-stream' } });
