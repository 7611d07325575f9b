import { PLANTED } from '../embeddings/planted-secrets.js';
import type { ApiClient } from '../support/index.js';
import { ask, expected, openReadSession, type Refusal, startWorkspace, type Workspace } from './workspace.js';

interface FileList {
  readonly items: readonly { readonly path: string; readonly status: string; readonly skipReason?: string }[];
}

let workspace: Workspace;
let member: ApiClient;
let sessionId: string;
let commit: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  const innocent = { 'src/tide.js': 'export const tide = (moon) => moon * 2;\n' };
  await workspace.repository('leaky', {
    ...Object.fromEntries(PLANTED.map((file) => [file.path, file.content])),
    ...innocent,
  });
  member = await workspace.as('member');
  const session = await openReadSession(member, 'leaky');
  sessionId = session.id;
  commit = session.index.commit ?? '';
}, 300_000);
afterAll(() => workspace.stop());

const found = (text: string): string[] => PLANTED.filter(({ secret }) => text.includes(secret)).map(({ path }) => path);

describe('thirty credentials in a repository', () => {
  it('are each in a file that is not read, and for that reason', async () => {
    expect(PLANTED).toHaveLength(30);
    const { items } = await expected(
      200,
      member.get<FileList>(`/api/sessions/${sessionId}/files?skipped=true&limit=100`),
    );
    const skipped = items.map(({ path, skipReason }) => `${path} ${skipReason ?? ''}`).sort();
    expect(skipped).toEqual(PLANTED.map(({ path }) => `${path} secret`).sort());
  });

  it('are in nothing that is kept of the repository', async () => {
    const rows = await workspace.stack.sql<{ text: string }>(
      'SELECT text || words AS text FROM chunks UNION ALL SELECT path || words FROM snapshot_files',
    );
    expect(rows.length).toBeGreaterThan(30);
    expect(found(rows.map(({ text }) => text).join('\n'))).toEqual([]);
  });

  it('are in no prompt, whatever is asked', async () => {
    const question = `What do ${PLANTED.map(({ path }) => path).join(', ')} and src/tide.js hold?`;
    await ask(member, sessionId, question);
    const prompt = await workspace.lastPrompt();
    expect(prompt).toContain('src/tide.js');
    expect(found(prompt)).toEqual([]);
  });

  it('become no card, with a sentence that says why', async () => {
    const path = `/api/sessions/${sessionId}/cards`;
    for (const planted of PLANTED) {
      const wish = { path: planted.path, startLine: 1, endLine: 1, commit };
      const { status, body } = await member.post<Refusal>(path, wish);
      expect([planted.path, status, body.code]).toEqual([planted.path, 409, 'embeddings.secret']);
    }
    await expected(201, member.post(path, { path: 'src/tide.js', startLine: 1, endLine: 1, commit }));
  });

  it('are in no export', async () => {
    for (const format of ['json', 'md']) {
      const { status, text } = await member.get(`/api/sessions/${sessionId}/export?format=${format}`);
      expect(status).toBe(200);
      expect(text).toContain('tide');
      expect(found(text)).toEqual([]);
    }
  });
});
