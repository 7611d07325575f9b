import { type ApiClient, waitFor } from '../support/index.js';
import { CitationAnchors } from '../../src/modules/embeddings/index.js';
import { GitMirror } from '../../src/modules/github/index.js';
import { expected, type ListOf, openReadSession, readSession, startWorkspace, type Workspace } from './workspace.js';

interface CardView {
  readonly id: string;
  readonly stale: boolean;
  readonly now?: { readonly startLine: number };
}

describe('the list of cards', () => {
  const MANY = 24;
  const numbers = Array.from({ length: MANY }, (_, at) => `export const number${at} = ${at};`);
  const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  let workspace: Workspace;
  let member: ApiClient;
  let at: string;
  beforeAll(async () => {
    workspace = await startWorkspace();
    member = await workspace.as('member');
    await workspace.repository('counted', { 'src/all.js': file(numbers) });
    const { id, index } = await openReadSession(member, 'counted');
    at = `/api/sessions/${id}`;
    const pushed = [file(['', ...numbers.slice(0, -1), '// none']), file(['', '', ...numbers.slice(0, -1), '// none'])];
    const commits = [index.commit ?? ''];
    for (const text of pushed) {
      await workspace.forge('repositories/acme/counted/commits', {
        ...{ branch: 'main', message: 'Move', files: { 'src/all.js': text } },
      });
      await expected(202, member.post(`${at}/index`));
      commits.push(
        await waitFor('the newer commit', async () => {
          const { status, commit: read } = (await readSession(member, id)).index;
          return status === 'ready' && read !== null && read !== commits.at(-1) ? read : undefined;
        }),
      );
    }
    for (let line = 1; line <= MANY; line++) {
      const wish = { path: 'src/all.js', startLine: line, endLine: line, commit: commits[line % 3] };
      await expected(201, member.post(`${at}/cards`, wish));
    }
  }, 300_000);
  afterAll(() => workspace.stop());

  /** As a process that has just begun: it has looked for no lines yet. */
  const afresh = (): void =>
    (workspace.api.get(CitationAnchors) as unknown as { known: Map<string, unknown> }).known.clear();
  async function listed(limit: number, cursor = ''): Promise<ListOf<CardView>> {
    afresh();
    return expected(200, member.get<ListOf<CardView>>(`${at}/cards?limit=${limit}${cursor && `&cursor=${cursor}`}`));
  }
  /** How many processes listing so many cards begins. */
  async function processes(limit: number): Promise<number> {
    const mirrors = workspace.api.get(GitMirror);
    const ways = (['has', 'held', 'listTree', 'openBlobs'] as const).map((way) => jest.spyOn(mirrors, way));
    try {
      await listed(limit);
      return ways.reduce((sum, way) => sum + way.mock.calls.length, 0);
    } finally {
      for (const way of ways) way.mockRestore();
    }
  }

  it('says of each what is said of it alone', async () => {
    const { items: together } = await listed(200);
    const alone: CardView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const one: ListOf<CardView> = await listed(1, cursor);
      alone.push(...one.items);
      cursor = one.nextCursor;
    }
    expect(together).toEqual(alone);
    expect(together).toHaveLength(MANY);
    expect(together.some(({ stale, now }) => stale && now)).toBe(true);
    expect(together.some(({ stale }) => !stale)).toBe(true);
  });

  it('begins no more processes for many cards than for some', async () => {
    expect(await processes(200)).toBe(await processes(3));
  });
});
