import { RedisClient } from '../../src/platform/redis/redis.module.js';
import {
  type Account,
  type ApiClient,
  type Reply,
  signIn,
  type Stack,
  type StackOptions,
  startApi,
  startStack,
  type TestApi,
  waitFor,
} from '../support/index.js';

export interface IssueView {
  readonly id: string;
  readonly sessionId: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly acceptance: readonly string[];
  readonly status: string;
  readonly githubNumber: number | null;
  readonly githubUrl: string | null;
  readonly revision: number;
  readonly provenance: { readonly messageIds: readonly string[]; readonly cardIds: readonly string[] };
  readonly error?: { readonly code: string; readonly detail: string };
}

export interface PreviewView {
  readonly title: string;
  readonly body: string;
  readonly bodyHtml: string;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly owner: string;
  readonly repo: string;
  readonly duplicates: readonly { readonly number: number; readonly title: string; readonly score: number }[];
  readonly warnings: readonly string[];
}

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export interface ListOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What the forge was asked for and made. */
export interface ForgeLedger {
  readonly calls: readonly { readonly method: string; readonly path: string; readonly status: number }[];
  readonly issues: readonly {
    readonly repository: string;
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly author: string;
  }[];
}

export type Fault = Readonly<Record<string, unknown>>;

export const OWNER = 'acme';
const REPO = 'todo-api';
export const CREATE_ISSUE = '^POST /repos/acme/[^/]+/issues$';

/** A stack with forge, model and api; tests start the worker that they want. */
export class Issuing {
  private constructor(
    readonly stack: Stack,
    readonly api: TestApi,
  ) {}

  static async start(options: StackOptions = {}): Promise<Issuing> {
    const stack = await startStack({ forge: true, model: true, ...options });
    return new Issuing(stack, await startApi(stack));
  }

  stop(): Promise<void> {
    return this.stack.stop();
  }

  as(login: Account): Promise<ApiClient> {
    return signIn(this.api, login);
  }

  /** A session on the sample repository. */
  async session(client: ApiClient, repo = REPO): Promise<string> {
    return expected(await client.post<{ id: string }>('/api/sessions', { owner: OWNER, repo }), 201).id;
  }

  /** An issue that was drafted and then written by hand; needs a worker. */
  async draft(client: ApiClient, sessionId: string, text: Partial<IssueView> = {}): Promise<IssueView> {
    const asked = await client.post<IssueView>(`/api/sessions/${sessionId}/issues`, { instructions: 'About paging.' });
    const drafted = await this.settled(client, expected(asked, 201).id);
    const words = { title: 'A title', body: 'A text.', acceptance: ['It works.'], labels: [], ...text };
    return expected(await client.patch<IssueView>(`/api/issues/${drafted.id}`, words), 200);
  }

  /** The issue as soon as nobody works on it. */
  settled(client: ApiClient, id: string): Promise<IssueView> {
    return waitFor(`issue ${id} to be settled`, async () => {
      const { body } = await client.get<IssueView>(`/api/issues/${id}`);
      return ['drafting', 'publishing'].includes(body.status) ? null : body;
    });
  }

  /** Switches a fault of the forge on. */
  async spoilForge(fault: Fault): Promise<void> {
    await this.forge('POST', 'faults', { match: CREATE_ISSUE, ...fault });
  }

  /** Switches a fault of the model on. */
  async spoilModel(fault: Fault): Promise<void> {
    const answer = await fetch(`${this.stack.modelUrl}/_model/faults`, json('POST', fault));
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Whether every fault of the model has been met. */
  async modelIsSpoilt(): Promise<boolean> {
    const answer = await fetch(`${this.stack.modelUrl}/_model/faults`);
    return ((await answer.json()) as { items: unknown[] }).items.length === 0;
  }

  /** Takes every fault away that is left, and forgets what was asked. */
  async mend(): Promise<void> {
    await this.forge('DELETE', 'faults');
    await this.forge('DELETE', 'ledger');
    await fetch(`${this.stack.modelUrl}/_model/faults`, { method: 'DELETE' });
  }

  async ledger(): Promise<ForgeLedger> {
    return (await this.forge('GET', 'ledger')) as ForgeLedger;
  }

  /** What the model was asked last. */
  async lastPrompt(): Promise<{ response_format?: unknown; messages: { role: string; content: string }[] }> {
    const answer = await fetch(`${this.stack.modelUrl}/_model/ledger`);
    const { items } = (await answer.json()) as { items: { body: { messages: { role: string; content: string }[] } }[] };
    const last = items.at(-1)?.body;
    if (!last) throw new Error('the model was not asked');
    return last;
  }

  async forge(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.stack.forgeUrl}/_forge/${path}`, json(method, body));
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  /** What somebody may do in a repository from now on; rights that are remembered here are forgotten. */
  async permit(login: string, permission: string, repo = REPO): Promise<void> {
    await this.forge('POST', 'permissions', { login, repository: `${OWNER}/${repo}`, permission });
    await this.stack.sql('DELETE FROM repository_permissions');
  }

  /** Every queue and every stream is gone, as after a crash of a Redis that keeps nothing. */
  async emptyRedis(): Promise<void> {
    await this.api.get(RedisClient).flushdb();
  }

  /** Actions of the audit trail about a target, oldest first. */
  async audited(targetId: string): Promise<{ action: string; result: string; login: string | null; via: string }[]> {
    return this.stack.sql(
      'SELECT action, result, actor_login AS login, via FROM audit_entries WHERE target_id = $1 ORDER BY seq',
      [targetId],
    );
  }
}

/** The body of an answer that must have this status. */
export function expected<T>({ status, body, text }: Reply<T>, wanted: number): T {
  if (status !== wanted) throw new Error(`expected ${wanted}, got ${status}: ${text}`);
  return body;
}

function json(method: string, body: unknown): RequestInit {
  return body === undefined
    ? { method }
    : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
