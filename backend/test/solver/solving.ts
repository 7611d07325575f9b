import { type ApiClient, waitFor } from '../support/index.js';

export interface Problem {
  readonly code: string;
  readonly status: number;
}

interface TestRun {
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: readonly string[];
}

export interface Solve {
  readonly id: string;
  readonly sessionId: string;
  readonly issueId: string;
  readonly status: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly queue?: { readonly position: number; readonly etaSeconds: number | null };
  readonly limits: { readonly steps: number; readonly minutes: number; readonly costUsd: number };
  readonly spent: {
    readonly steps: number;
    readonly seconds: number;
    readonly costUsd: number;
    readonly tokens: number;
  };
  readonly candidates: readonly { readonly summary: string | null }[];
  readonly diffStat: { readonly files: number; readonly insertions: number; readonly deletions: number };
  readonly tests?: {
    readonly before: TestRun;
    readonly after: TestRun;
    readonly fixed: readonly string[];
    readonly regressed: readonly string[];
  };
  readonly pullRequest?: { readonly status: string; readonly number: number | null; readonly url: string | null };
  readonly finishedAt: string | null;
}

export interface SolveEvent {
  readonly seq: number;
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const OPEN = ['queued', 'starting', 'running', 'validating'];

/** The issues of the forge's sample repository, by number: the first is the one whose solve was recorded. */
export const SAMPLE_ISSUE = /last to-do is missing/;

/** A session on the sample repository with one of its issues in it, chosen by its title. */
export async function takeUpIssue(
  client: ApiClient,
  title = SAMPLE_ISSUE,
): Promise<{ sessionId: string; issueId: string; number: number }> {
  const listed = await client.get<Page<{ number: number; title: string }>>(
    '/api/github/repositories/acme/todo-api/issues?state=open',
  );
  const number = listed.body.items.find((issue) => title.test(issue.title))?.number;
  if (number === undefined) throw new Error(`the sample has no issue ${title}`);
  const session = await client.post<{ id: string }>('/api/sessions', { owner: 'acme', repo: 'todo-api' });
  const sessionId = session.body.id;
  const issue = await client.post<{ id: string }>(`/api/sessions/${sessionId}/issues`, { githubNumber: number });
  if (issue.status !== 201) throw new Error(`the issue was not taken up: ${issue.text}`);
  return { sessionId, issueId: issue.body.id, number };
}

/** Starts a solve. @throws Error when it is refused */
export async function start(client: ApiClient, issueId: string, wish: object = {}): Promise<Solve> {
  const started = await client.post<Solve>(`/api/issues/${issueId}/solves`, wish);
  if (started.status !== 202) throw new Error(`the solve was not started: ${started.status} ${started.text}`);
  return started.body;
}

export async function read(client: ApiClient, solveId: string): Promise<Solve> {
  return (await client.get<Solve>(`/api/solves/${solveId}`)).body;
}

/** The solve once it is neither waiting nor running. */
export function ended(client: ApiClient, solveId: string): Promise<Solve> {
  const look = async (): Promise<Solve | false> => {
    const solve = await read(client, solveId);
    return !OPEN.includes(solve.status) && solve;
  };
  return waitFor(`the end of solve ${solveId}`, look, 240_000);
}

/** The stored events. */
export async function eventsOf(client: ApiClient, solveId: string): Promise<readonly SolveEvent[]> {
  const path = `/api/solves/${solveId}/events?limit=1000`;
  return (await client.get<Page<SolveEvent>>(path, { accept: 'application/json' })).body.items;
}

/** Waits until the output of a solve's commands holds a text. */
export async function printed(client: ApiClient, solveId: string, text: string): Promise<void> {
  const seen = async () => outputOf(await eventsOf(client, solveId)).includes(text);
  await waitFor(`"${text}" in the output of the solve`, seen, 180_000);
}

export function outputOf(events: readonly SolveEvent[]): string {
  return events
    .filter(({ type }) => type === 'output')
    .map((event) => String(event['text']))
    .join('');
}
