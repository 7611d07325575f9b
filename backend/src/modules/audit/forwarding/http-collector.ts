import type { AuditEntryView } from '../dto/audit.dto.js';
import type { Collector } from './collector.js';

/** Takes NDJSON by POST; any answer of 2xx means that it has everything. */
export class HttpCollector implements Collector {
  readonly name: string;

  constructor(
    private readonly url: URL,
    private readonly token: string | undefined,
  ) {
    this.name = url.origin;
  }

  async send(entries: readonly AuditEntryView[], signal: AbortSignal): Promise<void> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
      },
      body: entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
      // Entries go to the configured place and to no other.
      redirect: 'error',
      signal,
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
  }
}
