import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { AuditRetention } from '../../src/modules/audit/archive/audit-retention.js';
import { AuditVerifier } from '../../src/modules/audit/index.js';
import { AnchorTask } from '../../src/modules/audit/jobs/anchor.task.js';
import { type Stack, startStack, startWorker, type TestApp } from '../support/index.js';
import { runsSource } from '../support/sources.js';
import { chainOf, sealedEntries } from './made-up.js';

interface Printed {
  readonly intact: boolean;
  readonly entries?: number;
  readonly problem?: string;
}

const DAY_MS = 86_400_000;
const ENTRIES = 90;

describe('a trail of which old months are not kept', () => {
  let stack: Stack;
  let worker: TestApp;
  let folder: string;
  /** Three whole months that are over for more than a month, a third of the entries each. */
  const begin = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 5, 1, 12));

  beforeAll(async () => {
    stack = await startStack();
    folder = join(stack.folder, 'audit-archive');
    await write();
    worker = await startWorker(stack);
    await worker.get(AnchorTask).note();
  });
  afterAll(() => stack.stop());

  async function write(): Promise<void> {
    const at = (n: number): Date =>
      new Date(
        Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + Math.floor((n - 1) / 30)) +
          ((n - 1) % 30) * DAY_MS * 0.9,
      );
    const entries = [...sealedEntries(chainOf(stack), ENTRIES, at)];
    const rows = entries.map((entry) =>
      Object.fromEntries(
        Object.entries(entry).map(([name, value]) => [
          name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`),
          value,
        ]),
      ),
    );
    await stack.sql('INSERT INTO audit_entries SELECT * FROM jsonb_populate_recordset(NULL::audit_entries, $1)', [
      JSON.stringify(rows),
    ]);
    await stack.sql('UPDATE audit_head SET seq = $1, hash = $2', [ENTRIES, entries.at(-1)?.hash]);
  }

  const verdict = async (): Promise<unknown> => {
    await worker.get(AnchorTask).note();
    return worker.get(AuditVerifier).verify();
  };
  const kept = async (): Promise<number[]> =>
    (await stack.sql<{ seq: string }>('SELECT seq FROM audit_entries WHERE seq <= 90 ORDER BY seq')).map(({ seq }) =>
      Number(seq),
    );
  const keep = (months: number | null): Promise<unknown> =>
    stack.sql('UPDATE audit_head SET keep_months = $1', [months]);
  const files = async (): Promise<string[]> => (await readdir(folder).catch(() => [])).sort();

  it('keeps everything until the owner of the schema says otherwise', async () => {
    await worker.get(AuditRetention).retireDue();
    expect(await kept()).toHaveLength(ENTRIES);
    await expect(stack.sql("SELECT audit_retire(30, 'a', 'b', now(), 'c')")).rejects.toThrow('every entry is kept');
  });

  it('does not let a month go in which something was changed', async () => {
    await keep(3);
    const change = (action: string): Promise<unknown> =>
      stack.sql(`ALTER TABLE audit_entries DISABLE TRIGGER USER; UPDATE audit_entries SET action = '${action}' WHERE seq = 5;
                 ALTER TABLE audit_entries ENABLE TRIGGER USER`);
    const [{ action } = { action: '' }] = await stack.sql<{ action: string }>(
      'SELECT action FROM audit_entries WHERE seq = 5',
    );
    await change('another');
    await expect(worker.get(AuditRetention).retireDue()).rejects.toThrow('entry 5');
    expect(await kept()).toHaveLength(ENTRIES);
    await change(action);
  });

  it('lets whole months go to archive files, and the chain goes on from there', async () => {
    await keep(3);
    await worker.get(AuditRetention).retireDue();
    expect(await kept()).toEqual(Array.from({ length: 30 }, (_, index) => 61 + index));
    expect((await files()).filter((name) => name.endsWith('.gz'))).toEqual([
      expect.stringMatching(/^audit-\d{4}-\d\d-1-30\.ndjson\.gz$/),
      expect.stringMatching(/^audit-\d{4}-\d\d-31-60\.ndjson\.gz$/),
    ]);
    expect(await verdict()).toMatchObject({ intact: true });
    const archived = await stack.sql<{ details: object }>(
      `SELECT details FROM audit_entries WHERE action = 'audit.archive' ORDER BY seq`,
    );
    expect(archived).toMatchObject([{ details: { lastSeq: '30' } }, { details: { afterSeq: '30', lastSeq: '60' } }]);
  });

  it('does not let go what is to be kept, whoever asks', async () => {
    await expect(stack.sql("SELECT audit_retire(61, 'a', 'b', now(), 'c')")).rejects.toThrow('too young');
    await expect(stack.sql('DELETE FROM audit_entries WHERE seq = 61')).rejects.toThrow('append-only');
  });

  it('can be verified from the files, with the key alone', async () => {
    const paths = (await files()).filter((name) => name.endsWith('.gz')).map((name) => join(folder, name));
    expect(await printed('verify-archive', ...paths)).toMatchObject([
      { intact: true, entries: 30 },
      { intact: true, entries: 30 },
    ]);
    const lines = gunzipSync(await readFile(paths[0]!))
      .toString()
      .split('\n');
    const spoilt = {
      edited: lines.map((line, index) => (index === 7 ? line.replace('"ok"', '"denied"') : line)),
      without: lines.filter((_line, index) => index !== 7),
      cut: lines.slice(0, 20),
      longer: [...lines.slice(0, -1), lines[7]],
    };
    const made = Object.entries(spoilt).map(async ([name, changed]) => {
      const path = join(folder, `${name}.ndjson.gz`);
      await writeFile(path, gzipSync(changed.join('\n')));
      return path;
    });
    const found = await printed('verify-archive', ...(await Promise.all(made)));
    expect(found.map(({ intact, problem }) => [intact, /entry 7|end/.exec(problem ?? '')?.[0]])).toEqual([
      [false, 'entry 7'],
      [false, 'entry 7'],
      [false, 'end'],
      [false, 'end'],
    ]);
  });

  it('can be verified from a shell', async () => {
    await worker.get(AnchorTask).note();
    expect(await printed('verify')).toMatchObject([{ intact: true }]);
  });

  it('does not begin where somebody without the key says', async () => {
    await stack.sql(`UPDATE audit_checkpoints SET seal = repeat('a', 64) WHERE seq = 60`);
    expect(await verdict()).toMatchObject({ intact: false, firstBroken: 60, reason: 'checkpoint' });
  });

  async function printed(...args: string[]): Promise<Printed[]> {
    const env = { ...process.env, ...stack.env, PORT: String(stack.apiPort) };
    const run = promisify(execFile)(process.execPath, runsSource('backend/src/audit.ts', ...args), { env });
    const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Printed);
  }
});
