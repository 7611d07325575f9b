import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../src/platform/git/git.js';
import {
  type ApiClient,
  signIn,
  spawnApi,
  spawnWorker,
  type Stack,
  startStack,
  waitFor,
} from '../test/support/index.js';

/** The product on its servers, with its own sources as the repository that is read. */
export interface Fixture {
  readonly stack: Stack;
  readonly member: ApiClient;
  /** A session on the product's own sources, indexed. */
  readonly sources: SessionSeen;
  /** A session on the sample repository, indexed. */
  readonly sample: SessionSeen;
}

interface SessionSeen {
  readonly id: string;
  readonly index: { readonly status: string; readonly chunks: number };
}

const SOURCES = 'bench/yudai';
const IDENTITY = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'];
const MINUTES_10 = 600_000;

export async function startFixture(say: (line: string) => void): Promise<Fixture> {
  const repository = join(await mkdtemp(join(tmpdir(), 'yudai-bench-')), 'bench+yudai');
  await cp(join(import.meta.dirname, '../src'), repository, { recursive: true });
  await git(['init', '--quiet', repository]);
  await git(['-C', repository, 'add', '--all']);
  await git(['-C', repository, ...IDENTITY, 'commit', '--quiet', '--message', 'Sources']);
  say('starting the servers');
  const stack = await startStack({ forge: true, model: true, repositories: [repository] });
  const api = await spawnApi(stack);
  await spawnWorker(stack);
  const member = await signIn(api, 'member');
  say('indexing the sample repository');
  const sample = await indexed(member, 'acme/todo-api');
  say('indexing the product’s own sources');
  return { stack, member, sample, sources: await indexed(member, SOURCES) };
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
