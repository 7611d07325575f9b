import { type ApiClient, signIn, type Stack, startApi, startStack } from '../support/index.js';

interface Page {
  readonly items: { readonly seq: number; readonly previousHash: string; readonly hash: string }[];
  readonly nextCursor: string | null;
  readonly oldest: number | null;
}

describe('a list of the trail', () => {
  let stack: Stack;
  let auditor: ApiClient;
  beforeAll(async () => {
    stack = await startStack({ forge: true });
    auditor = await signIn(await startApi(stack), 'auditor');
    for (const name of ['one', 'two', 'three']) await auditor.post('/api/auth/tokens', { name, scopes: ['read'] });
  });
  afterAll(() => stack.stop());

  it('is read from any place by number, and says how far back it goes', async () => {
    const { body: newest } = await auditor.get<Page>('/api/audit/entries?limit=3');
    const [first, second, third] = newest.items;
    expect(newest.oldest).toBe(1);
    expect([second?.seq, third?.seq]).toEqual([first!.seq - 1, first!.seq - 2]);
    expect(first!.previousHash).toBe(second!.hash);
    const { body: at } = await auditor.get<Page>(`/api/audit/entries?before=${first!.seq}&limit=1`);
    expect(at.items).toEqual([second]);
    const { body: next } = await auditor.get<Page>(
      `/api/audit/entries?before=${first!.seq}&limit=1&cursor=${at.nextCursor ?? ''}`,
    );
    expect(next.items).toEqual([third]);
    const { body: last } = await auditor.get<Page>('/api/audit/entries?before=2');
    expect(last).toMatchObject({ items: [{ seq: 1, previousHash: '0'.repeat(64) }], nextCursor: null });
  });
});
