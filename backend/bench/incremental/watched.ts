import { setTimeout as delay } from 'node:timers/promises';
import { type Account, type Api, type ApiClient, signIn, type Stack } from '../../test/support/index.js';

/** What an index has cost. */
export interface Cost {
  readonly snapshotId: string;
  readonly files: number;
  readonly chunks: number;
  /** From the wish or the push until it is searched. */
  readonly seconds: number;
  /** From its beginning to its end, as the worker notes them. */
  readonly run: number;
  /** How many texts the model has read. */
  readonly embedded: number;
}

interface Row extends Pick<Cost, 'snapshotId' | 'files' | 'chunks' | 'run'> {
  readonly status: string;
}

const LONGEST_MS = 2 * 3_600_000;
const EVERY_MS = 20;

/** A repository of the forge whose indexes are looked at in the database. */
export class Watched {
  private readonly clients = new Map<Account, ApiClient>();

  constructor(
    private readonly stack: Stack,
    private readonly api: Api,
    private readonly owner: string,
    private readonly name: string,
  ) {}

  /** What it costs until a new session of somebody's is ready. */
  async open(login: Account, branch: string): Promise<Cost> {
    const client = this.clients.get(login) ?? (await signIn(this.api, login));
    this.clients.set(login, client);
    return this.cost(branch, async () => {
      const { status, text } = await client.post('/api/sessions', { owner: this.owner, repo: this.name, branch });
      if (status !== 201) throw new Error(`no session on ${branch}: ${status} ${text}`);
      return undefined;
    });
  }

  /** What it costs until a commit on an indexed branch is searched; its webhook is sent by the forge. */
  push(branch: string, files: Readonly<Record<string, string>>): Promise<Cost> {
    return this.cost(branch, () => this.commit(branch, files));
  }

  /** A commit; a branch that is not there begins at the default one. @returns its id */
  async commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const answer = await fetch(`${this.stack.forgeUrl}/_forge/repositories/${this.owner}/${this.name}/commits`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ branch, message: 'Change', files }),
    });
    if (!answer.ok) throw new Error(`no commit: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { sha: string }).sha;
  }

  /** `begin` tells which commit it is about, where that is not the branch's only one. */
  private async cost(branch: string, begin: () => Promise<string | undefined>): Promise<Cost> {
    const [{ now } = { now: '' }] = await this.stack.sql<{ now: string }>('SELECT clock_timestamp()::text AS now');
    const start = performance.now();
    const commit = await begin();
    const row = await this.ready(branch, commit);
    const seconds = (performance.now() - start) / 1_000;
    const [texts] = await this.stack.sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM text_embeddings WHERE stored_at >= $1::timestamptz',
      [now],
    );
    return { ...row, seconds, embedded: texts?.n ?? NaN };
  }

  private async ready(branch: string, commit: string | undefined): Promise<Row> {
    const end = Date.now() + LONGEST_MS;
    while (Date.now() < end) {
      const [row] = await this.stack.sql<Row>(
        `SELECT s.id AS "snapshotId", s.status, s.files_total AS files, s.chunks,
                extract(epoch FROM s.finished_at - s.started_at)::float8 AS run
           FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id
          WHERE r.owner = $1 AND r.name = $2 AND s.branch = $3 AND s.commit_sha = coalesce($4, s.commit_sha)`,
        [this.owner, this.name, branch, commit ?? null],
      );
      if (row?.status === 'failed') throw new Error(`the index of ${branch} has failed`);
      if (row?.status === 'ready') return row;
      await delay(EVERY_MS);
    }
    throw new Error(`gave up waiting for the index of ${branch}`);
  }
}
