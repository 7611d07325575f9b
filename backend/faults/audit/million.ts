import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { AuditAnchors } from '../../src/modules/audit/anchors/audit-anchors.js';
import { AuditReaderRepository } from '../../src/modules/audit/repositories/audit-reader.repository.js';
import type { SealedEntry } from '../../src/modules/audit/entities/audit-entry.entity.js';
import {
  type ApiClient,
  signIn,
  spawnApi,
  type Stack,
  startApi,
  startStack,
  waitFor,
} from '../../test/support/index.js';
import { must, type Promised, type Run } from '../promise.js';
import { column, copyIn } from './copy-in.js';
import { chainOf, sealedEntries } from '../../test/audit/made-up.js';
import { slowestPage } from './pages.js';

const ENTRIES = 1_000_000;
/** What a process may need more in the second half of its work than in the first, in MB; half a million entries have 500. */
const MOST_GROWTH_MB = 60;
const COLUMNS: readonly (keyof SealedEntry)[] = [
  ...([
    'seq',
    'id',
    'at',
    'actorType',
    'actorId',
    'actorLogin',
    'actorRole',
    'action',
    'targetType',
    'targetId',
  ] as const),
  ...(['targetName', 'result', 'reason', 'repository', 'via', 'requestId', 'ip', 'userAgent', 'details'] as const),
  ...(['prevHash', 'hash'] as const),
];

export const auditMillion: Promised = {
  name: 'audit.million',
  promise: 'a million entries are verified with progress, exported and paged through in constant memory',
  async run(at) {
    const stack = await startStack({ forge: true });
    try {
      await fill(stack, at);
      const api = await spawnApi(stack);
      const auditor = await signIn(api, 'auditor');
      const verified = await verify(auditor, api.process.pid, at);
      const exported = await exportAll(auditor, api.process.pid, at);
      await hangUp(stack, auditor);
      const paged = await slowestPage(stack, at);
      return [verified, exported, paged].join('; ');
    } finally {
      await stack.stop();
    }
  },
};

/** The chain as the product would have written it, with an anchor for its end. */
async function fill(stack: Stack, at: Run): Promise<void> {
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename = 'audit_entries' AND indexname <> 'audit_entries_pkey'`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  let last: SealedEntry | undefined;
  const lines = function* (): Generator<string, void> {
    for (const entry of sealedEntries(chainOf(stack), ENTRIES)) {
      last = entry;
      yield `${COLUMNS.map((name) => column(textOf(entry[name]))).join('\t')}\n`;
    }
  };
  await copyIn(client, 'COPY audit_entries FROM STDIN', lines());
  for (const { definition } of rows) await client.query(definition);
  await client.query('UPDATE audit_head SET seq = $1, hash = $2', [last?.seq, last?.hash]);
  await client.query('ANALYZE audit_entries');
  await client.end();
  const api = await startApi(stack);
  await api.get(AuditAnchors).append({ seq: last?.seq ?? '', hash: last?.hash ?? '', at: new Date().toISOString() });
  must((await api.get(AuditReaderRepository).head())?.seq === String(ENTRIES), 'the entries are not there');
  await api.stop();
  at.note(`${ENTRIES} entries with their hashes were copied in`);
}

async function verify(auditor: ApiClient, pid: number, at: Run): Promise<string> {
  const begun = performance.now();
  const memory = new Memory(pid);
  const heard: number[] = [];
  for await (const { event, data } of auditor.stream<Record<string, unknown>>('/api/audit/verify')) {
    if (event === 'progress') {
      const share = Number(data['checked']) / ENTRIES;
      heard.push(share);
      memory.look(share);
      continue;
    }
    // The sign-ins themselves come after the million.
    must(event === 'done' && Number(data['checked']) >= ENTRIES, `verification ended with ${JSON.stringify(data)}`);
    must(data['intact'] === true, `a right chain is called ${JSON.stringify(data)}`);
  }
  must(heard.length >= 5 && heard.every((share, n) => n === 0 || share >= heard[n - 1]!), `progress: ${heard.join()}`);
  const figure = `verified in ${seconds(begun)} s with ${heard.length} reports of progress, ${memory.growth('verification')}`;
  at.note(figure);
  return figure;
}

async function exportAll(auditor: ApiClient, pid: number, at: Run): Promise<string> {
  const begun = performance.now();
  const memory = new Memory(pid);
  const answer = await fetch(`${auditor.url}/api/audit/export?format=csv`, { headers: auditor.headers });
  let lines = 0;
  let bytes = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    for (const byte of part) if (byte === 10) lines++;
    memory.look(lines / ENTRIES);
  }
  must(lines > ENTRIES, `the export has ${lines} lines`);
  const figure = `exported ${(bytes / 1e6).toFixed(0)} MB of CSV in ${seconds(begun)} s, ${memory.growth('export')}`;
  at.note(figure);
  return figure;
}

/** A client that goes in the middle leaves no statement behind. */
async function hangUp(stack: Stack, auditor: ApiClient): Promise<void> {
  const gone = new AbortController();
  const answer = await fetch(`${auditor.url}/api/audit/export`, { headers: auditor.headers, signal: gone.signal });
  await answer.body?.getReader().read();
  gone.abort();
  await waitFor('the database to have nothing more to do', async () => {
    const rows = await stack.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND (state <> 'idle' OR query ILIKE 'DECLARE%' OR query ILIKE 'FETCH%') AND backend_type = 'client backend'`,
    );
    return rows.length === 0;
  });
}

/** How much more memory a process needs in the second half of its work than in the first. */
class Memory {
  private readonly most: [first: number, second: number] = [0, 0];

  constructor(private readonly pid: number) {}

  look(share: number): void {
    const now = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]) / 1_024;
    const half = share < 0.5 ? 0 : 1;
    this.most[half] = Math.max(this.most[half], now);
  }

  /** In MB, with the most it needed. */
  growth(what: string): string {
    const [first, second] = this.most;
    const growth = Math.max(0, Math.round(second - first));
    must(growth <= MOST_GROWTH_MB, `${what}: memory grew from ${first.toFixed(0)} MB to ${second.toFixed(0)} MB`);
    return `memory grew by ${growth} MB to ${Math.max(first, second).toFixed(0)} MB`;
  }
}

function textOf(value: SealedEntry[keyof SealedEntry]): string | null {
  if (value === null || typeof value === 'string') return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

const seconds = (begun: number): string => ((performance.now() - begun) / 1_000).toFixed(0);
