import {
  type ApiClient,
  signIn,
  spawnApi,
  spawnWorker,
  type Stack,
  startStack,
  waitFor,
} from '../test/support/index.js';

/** The product on its servers. */
export interface Fixture {
  readonly stack: Stack;
  readonly member: ApiClient;
  /** A session on the sample repository, indexed. */
  readonly sample: SessionSeen;
}

interface SessionSeen {
  readonly id: string;
  readonly index: { readonly status: string; readonly chunks: number };
}

const MINUTES_10 = 600_000;

export async function startFixture(say: (line: string) => void): Promise<Fixture> {
  say('starting the servers');
  const stack = await startStack({ forge: true, model: true });
  const api = await spawnApi(stack);
  await spawnWorker(stack);
  const member = await signIn(api, 'member');
  say('indexing the sample repository');
  return { stack, member, sample: await indexed(member, 'acme/todo-api') };
}

async function indexed(member: ApiClient, repository: string): Promise<SessionSeen> {
  const [owner, repo] = repository.split('/');
  const { body, status } = await member.post<SessionSeen>('/api/sessions', { owner, repo });
  if (status !== 201) throw new Error(`no session on ${repository}: ${status} ${JSON.stringify(body)}`);
  return waitFor(
    `the index of ${repository}`,
    async () => {
      const { body: session } = await member.get<SessionSeen>(`/api/sessions/${body.id}`);
      if (session.index.status === 'failed') throw new Error(`indexing ${repository} failed`);
      return session.index.status === 'ready' ? session : undefined;
    },
    MINUTES_10,
  );
}
