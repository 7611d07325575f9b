import {
  type Account,
  type ApiClient,
  type Reply,
  signIn,
  spawnWorker,
  type Stack,
  startApi,
  startStack,
  type StackOptions,
  type TestApi,
  type TestProcess,
  waitFor,
} from '../support/index.js';

export interface IndexView {
  readonly status: 'queued' | 'running' | 'ready' | 'failed';
  readonly commit: string | null;
  readonly headCommit: string | null;
  readonly behind: number | null;
  readonly filesTotal: number;
  readonly filesIndexed: number;
  readonly filesSkipped: number;
  readonly chunks: number;
  readonly progress: number;
  readonly etaSeconds: number | null;
  readonly error?: string | null;
  readonly errorCode?: string;
}

export interface FileView {
  readonly path: string;
  readonly status: 'indexed' | 'skipped';
  readonly skipReason?: string;
  readonly language: string | null;
  readonly category: string;
  readonly tokens: number | null;
}

export interface Found {
  readonly state: string;
  readonly commit: string | null;
  readonly results: readonly {
    readonly path: string;
    readonly score: number;
    readonly spans: readonly { startLine: number; endLine: number; symbol?: string; score: number }[];
  }[];
}

/** A stack with forge and api; the worker runs when a test starts it. */
export interface Workspace {
  readonly stack: Stack;
  readonly api: TestApi;
  as(login: Account): Promise<ApiClient>;
  work(env?: Readonly<Record<string, string>>): Promise<TestProcess>;
  /** A repository of `acme` that holds these files. */
  repository(name: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** A commit on `main`, as somebody would push it; the webhook goes out. @returns its id. */
  commit(name: string, files: Readonly<Record<string, string | null>>): Promise<string>;
  forge<T>(path: string, body: unknown): Promise<T>;
}

export async function startWorkspace(options: StackOptions = {}): Promise<Workspace> {
  const stack = await startStack({ forge: true, ...options });
  try {
    const forge = async <T>(path: string, body: unknown): Promise<T> =>
      post<T>(`${stack.forgeUrl}/_forge/${path}`, body);
    const api = await startApi(stack);
    return {
      stack,
      api,
      forge,
      as: (login) => signIn(api, login),
      work: (env) => spawnWorker(stack, env),
      repository: async (name, files) => {
        await forge('repositories', { name: `acme/${name}`, files });
      },
      commit: async (name, files) => {
        const wish = { branch: 'main', message: 'Change', files };
        return (await forge<{ sha: string }>(`repositories/acme/${name}/commits`, wish)).sha;
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function post<T>(url: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** What was answered, which must be of this status. */
export async function expected<T>(status: number, reply: Promise<Reply<T>>): Promise<T> {
  const { status: got, body, text } = await reply;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${text}`);
  return body;
}

/** A session on a repository. @returns the path of its routes. */
export async function openSession(client: ApiClient, repo: string, owner = 'acme'): Promise<string> {
  const { id } = await expected(201, client.post<{ id: string }>('/api/sessions', { owner, repo }));
  return `/api/sessions/${id}`;
}

export function readIndex(client: ApiClient, session: string): Promise<IndexView> {
  return expected(200, client.get<IndexView>(`${session}/index`));
}

/** The index once it has come to its end. */
export function finished(client: ApiClient, session: string, longestMs = 180_000): Promise<IndexView> {
  return waitFor(
    `the end of the index of ${session}`,
    async () => {
      const index = await readIndex(client, session);
      return index.status === 'ready' || index.status === 'failed' ? index : undefined;
    },
    longestMs,
  );
}

/** The index once it serves this commit. */
export function serves(client: ApiClient, session: string, commit: string): Promise<IndexView> {
  return waitFor(`the index of ${commit}`, async () => {
    const index = await readIndex(client, session);
    return index.status === 'ready' && index.commit === commit ? index : undefined;
  });
}

/** All files of a session, page by page. */
export async function allFiles(client: ApiClient, session: string, query = ''): Promise<FileView[]> {
  const files: FileView[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const path: string = `${session}/files?limit=200${query}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page: { items: FileView[]; nextCursor: string | null } = await expected(200, client.get(path));
    files.push(...page.items);
    cursor = page.nextCursor;
  }
  return files;
}

export function search(client: ApiClient, session: string, wish: object): Promise<Found> {
  return expected(200, client.post<Found>(`${session}/search`, { limit: 10, ...wish }));
}

export const pathsOf = ({ results }: Found): string[] => results.map(({ path }) => path);
