import { ForgeControl } from '../../test/github/forge-control.js';
import { type Api, type ApiClient, signIn, type Stack } from '../../test/support/index.js';

/** Somebody with a login, a token of their own on the forge, and a session on the repository. */
export interface Person {
  readonly userId: string;
  readonly client: ApiClient;
  readonly sessionId: string;
}

const OWNER = 'acme';

/** So many people who may write to a repository, each signed in and with a session that nobody has to read first. */
export async function gather(stack: Stack, api: Api, repo: string, count: number): Promise<Person[]> {
  const forge = new ForgeControl(stack);
  const people: Person[] = [];
  for (let n = 1; n <= count; n++) {
    const login = `person-${n}`;
    await forge.post('/users', { login, organisation: OWNER, permission: 'write' });
    const client = await signIn(api, login);
    const session = await client.post<{ id: string }>('/api/sessions', { owner: OWNER, repo });
    if (session.status !== 201) throw new Error(`${login} has no session: ${session.text}`);
    const me = await client.get<{ id: string }>('/api/auth/me');
    people.push({ userId: me.body.id, client, sessionId: session.body.id });
  }
  await stack.sql(`UPDATE index_snapshots SET status = 'ready' WHERE status = 'queued'`);
  return people;
}

/** What the forge was asked to make, by whomever. */
export interface Made {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly head?: string;
}

export async function ledgerOf(stack: Stack): Promise<{ issues: Made[]; pulls: Made[] }> {
  const answer = await fetch(`${stack.forgeUrl}/_forge/ledger`);
  return (await answer.json()) as { issues: Made[]; pulls: Made[] };
}
