import {
  type Account,
  type ApiClient,
  type Reply,
  signIn,
  type Stack,
  startApi,
  startStack,
  spawnWorker,
  type StackOptions,
  type TestApi,
  type TestProcess,
  waitFor,
} from '../support/index.js';

export interface SessionView {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  readonly role: string;
  readonly archived: boolean;
  readonly activeLeafId: string | null;
  readonly index: { readonly status: string; readonly commit: string | null; readonly error?: string };
  readonly counts: Readonly<Record<'messages' | 'cards' | 'issues' | 'solves', number>>;
  readonly tokens: number;
  readonly lastActivityAt: string;
  readonly expiresAt: string;
}

export interface MessageView {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: string;
  readonly text: string;
  readonly status: string;
  readonly author: { readonly login: string } | null;
  readonly model: string | null;
  readonly tokens: { readonly prompt: number | null; readonly completion: number | null };
  readonly cost: number | null;
  readonly error?: { readonly code: string };
  readonly retrieval: {
    readonly state: string;
    readonly commit: string | null;
    readonly citations: readonly { path: string; startLine: number; endLine: number; verified: boolean }[];
  } | null;
  readonly leftOut?: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
  readonly siblings?: { readonly index: number; readonly ids: readonly string[] };
}

export interface Sent {
  readonly message: MessageView;
  readonly answer: { readonly id: string; readonly status: string };
}

export interface ListOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Refusal {
  readonly code: string;
  readonly status: number;
}

/** A stack with forge, model, api and worker, and its people. */
export interface Workspace {
  readonly stack: Stack;
  readonly api: TestApi;
  /** In a process of its own. */
  readonly worker: TestProcess;
  as(login: Account): Promise<ApiClient>;
  /** Switches a fault of the model on; see the local model's faults. */
  spoil(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** The texts of the last prompt that the model was given. */
  lastPrompt(): Promise<string>;
  /** A repository of `acme` that holds these files; it may be read and written by all three people. */
  repository(name: string, files: Readonly<Record<string, string>>): Promise<void>;
  forge(path: string, body: unknown): Promise<void>;
  stop(): Promise<void>;
}

export async function startWorkspace(options: StackOptions = {}): Promise<Workspace> {
  const stack = await startStack({ forge: true, model: true, ...options });
  try {
    const api = await startApi(stack);
    const worker = await spawnWorker(stack);
    const forge = async (path: string, body: unknown): Promise<void> => {
      await call(`${stack.forgeUrl}/_forge/${path}`, 'POST', body);
    };
    return {
      stack,
      api,
      worker,
      forge,
      as: (login) => signIn(api, login),
      spoil: async (fault) => {
        await call(`${stack.modelUrl}/_model/faults`, 'POST', fault);
      },
      lastPrompt: () => lastPrompt(stack),
      repository: (name, files) => forge('repositories', { name: `acme/${name}`, files }),
      stop: () => stack.stop(),
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function lastPrompt(stack: Stack): Promise<string> {
  const { items } = (await call(`${stack.modelUrl}/_model/ledger`, 'GET')) as {
    items: { body: { messages?: { content: string }[] } | null }[];
  };
  const asked = items.filter(({ body }) => body?.messages);
  return (
    asked
      .at(-1)
      ?.body?.messages?.map(({ content }) => content)
      .join('\n') ?? ''
  );
}

async function call(url: string, method: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? undefined : await answer.json();
}

/** What was answered, which must be of this status. */
export async function expected<T>(status: number, reply: Promise<Reply<T>>): Promise<T> {
  const { status: got, body, text } = await reply;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${text}`);
  return body;
}

/** A session on a repository of `acme`, by default not yet read. */
export async function openSession(client: ApiClient, repo: string, more: object = {}): Promise<SessionView> {
  return expected(201, client.post<SessionView>('/api/sessions', { owner: 'acme', repo, ...more }));
}

export async function readSession(client: ApiClient, id: string): Promise<SessionView> {
  return expected(200, client.get<SessionView>(`/api/sessions/${id}`));
}

/** A session whose branch has been read. */
export async function openReadSession(client: ApiClient, repo: string): Promise<SessionView> {
  const { id } = await openSession(client, repo);
  return waitFor(`the index of ${repo}`, async () => {
    const session = await readSession(client, id);
    const { status, error } = session.index;
    if (status === 'failed') throw new Error(`the index of ${repo} failed: ${error ?? ''}`);
    return status === 'ready' ? session : undefined;
  });
}

/** In place of values that a test does not know. */
export const someText = expect.any(String) as unknown;
export const someCommit = expect.stringMatching(/^[0-9a-f]{40}$/) as unknown;

let sent = 0;

export async function say(client: ApiClient, sessionId: string, text: string, more: object = {}): Promise<Sent> {
  sent += 1;
  const message = { text, clientMessageId: `message-${sent}`, ...more };
  return expected(201, client.post<Sent>(`/api/sessions/${sessionId}/messages`, message));
}

export async function messageOf(client: ApiClient, sessionId: string, id: string): Promise<MessageView | undefined> {
  const { items } = await expected(
    200,
    client.get<ListOf<MessageView>>(`/api/sessions/${sessionId}/messages?leaf=${id}&limit=1`),
  );
  return items[0];
}

/** The answer, once it has ended. */
export async function ended(client: ApiClient, sessionId: string, answerId: string): Promise<MessageView> {
  return waitFor(
    'the end of an answer',
    async () => {
      const answer = await messageOf(client, sessionId, answerId);
      return answer && answer.status !== 'streaming' ? answer : undefined;
    },
    50_000,
  );
}

/** Says something and waits for the answer's end. */
export async function ask(client: ApiClient, sessionId: string, text: string, more: object = {}): Promise<MessageView> {
  const { answer } = await say(client, sessionId, text, more);
  return ended(client, sessionId, answer.id);
}
