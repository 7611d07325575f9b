import type { ApiClient } from '../support/index.js';
import {
  ask,
  expected,
  type ListOf,
  type MessageView,
  openSession,
  type Refusal,
  type SessionView,
  startWorkspace,
  type Workspace,
} from './workspace.js';

interface Document {
  readonly session: { readonly title: string; readonly activeLeafId: string | null };
  readonly messages: readonly {
    readonly id: string;
    readonly parentId: string | null;
    readonly text: string;
    readonly author: string | null;
  }[];
  readonly cards: readonly { readonly id: string; readonly content: string }[];
}

let workspace: Workspace;
let member: ApiClient;
let document: Document;
let base: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  await workspace.repository('notes', { 'README.md': '# Notes\n' });
  member = await workspace.as('member');
  const { id } = await openSession(member, 'notes', { title: 'To take along' });
  base = `/api/sessions/${id}`;
  await expected(201, member.post(`${base}/cards`, { title: 'A card', content: 'Kept.', pinned: true }));
  const answer = await ask(member, id, 'What do the notes say?');
  await expected(201, member.post(`${base}/messages/${answer.id}/retry`, {}));
  await ask(member, id, 'And what else?', { parentId: answer.id });
  document = JSON.parse((await member.get(`${base}/export?format=json`)).text) as Document;
}, 300_000);
afterAll(() => workspace.stop());

const branchOf = async (id: string): Promise<readonly MessageView[]> =>
  (await expected(200, member.get<ListOf<MessageView>>(`/api/sessions/${id}/messages`))).items;

describe('a session as a file', () => {
  it('is JSON with everything that was said and kept, and no vector or chunk', async () => {
    const answer = await member.get(`${base}/export`);
    expect(answer.headers['content-disposition']).toMatch(/attachment; filename="session-.*\.json"/);
    expect(document).toMatchObject({
      format: 'yudai.session',
      version: 1,
      cards: [{ title: 'A card', content: 'Kept.' }],
    });
    expect(document.messages).toHaveLength(5);
    expect(document.messages[0]).toMatchObject({ text: 'What do the notes say?', author: 'member', parentId: null });
    expect(answer.text).not.toMatch(/embedding|vector|chunk/i);
  });

  it('is Markdown for people', async () => {
    const answer = await member.get(`${base}/export?format=md`);
    expect(answer.headers['content-type']).toContain('text/markdown');
    expect(answer.text).toMatch(/^# To take along\n\nacme\/notes, branch `main`\n/);
    expect(answer.text).toContain('What do the notes say?');
    expect(answer.text).toContain('## Card: A card');
  });

  it('comes in again as a session of one’s own, with new ids and the same tree', async () => {
    const imported = await expected(201, member.post<SessionView>('/api/sessions/import', document));
    expect(imported).toMatchObject({ title: 'To take along', role: 'owner', counts: { messages: 5, cards: 1 } });
    const again = JSON.parse((await member.get(`/api/sessions/${imported.id}/export`)).text) as Document;
    expect(again.messages.map(({ text }) => text)).toEqual(document.messages.map(({ text }) => text));
    const shape = ({ messages }: Document): (number | null)[] =>
      messages.map(({ parentId }) => (parentId === null ? null : messages.findIndex(({ id }) => id === parentId)));
    expect(shape(again)).toEqual(shape(document));
    const old = new Set(document.messages.map(({ id }) => id));
    expect(again.messages.some(({ id }) => old.has(id))).toBe(false);
    expect((await branchOf(imported.id)).map(({ text }) => text)).toEqual(
      (await branchOf(base.slice('/api/sessions/'.length))).map(({ text }) => text),
    );
    expect((await ask(member, imported.id, 'Does it go on?')).status).toBe('complete');
  });

  it('keeps its uploads, the largest too, and which cards were made of them', async () => {
    const { id } = await openSession(member, 'notes', { title: 'With uploads' });
    const long = `${'n'.repeat(250)}.log`;
    const made: string[] = [];
    for (const [name, content] of Object.entries({ [long]: 'It rained.\n', 'large.log': 'x'.repeat(512 * 1024) })) {
      const form = new FormData();
      form.set('file', new Blob([content]), name);
      const upload = { method: 'POST', body: form, headers: member.headers };
      const stored = await fetch(`${workspace.api.url}/api/sessions/${id}/attachments`, upload);
      made.push(((await stored.json()) as { id: string }).id);
    }
    await expected(201, member.post(`/api/sessions/${id}/cards`, { attachmentId: made[0] }));
    const left = JSON.parse((await member.get(`/api/sessions/${id}/export`)).text) as object;
    const imported = await expected(201, member.post<SessionView>('/api/sessions/import', left));
    const { items } = await expected(
      200,
      member.get<ListOf<{ attachmentId?: string }>>(`/api/sessions/${imported.id}/cards`),
    );
    expect(items).toMatchObject([{ source: 'upload', title: long.slice(0, 200), content: 'It rained.\n' }]);
    expect(made).not.toContain(items[0]?.attachmentId);
    const again = { attachmentId: items[0]?.attachmentId };
    await expected(201, member.post(`/api/sessions/${imported.id}/cards`, again));
  });

  it('of several megabytes comes in, too; where it is too large, the bound is named', async () => {
    const messages = ['a', 'b', 'c'].map((id) => ({ ...message(id), text: id.repeat(400_000) }));
    const large = { ...document, session: { ...document.session, activeLeafId: 'c' }, messages };
    const imported = await expected(201, member.post<SessionView>('/api/sessions/import', large));
    expect(imported).toMatchObject({ counts: { messages: 3 } });
    const bounds: [string, string][] = [
      ['/api/sessions/import', '6 MB'],
      ['/api/sessions', '1 MB'],
    ];
    for (const [path, bound] of bounds) {
      const { status, body } = await member.post<Refusal & { detail: string }>(path, { title: 'x'.repeat(6_300_000) });
      expect({ status, detail: body.detail }).toEqual({
        ...{ status: 413, detail: `The request body is larger than the ${bound} that this endpoint accepts.` },
      });
    }
  });

  it('D15: is not believed what it cites', async () => {
    const [, answer] = document.messages;
    const citations = [{ path: 'src/made-up.js', startLine: 1, endLine: 2, score: 1, verified: true }];
    const forged = {
      ...document,
      messages: document.messages.map((message) =>
        message === answer ? { ...message, retrieval: { state: 'found', commit: 'a'.repeat(40), citations } } : message,
      ),
    };
    const { id } = await expected(201, member.post<SessionView>('/api/sessions/import', forged));
    expect(JSON.stringify(await branchOf(id))).not.toContain('made-up');
  });

  it.each([
    ['another format', { format: 'something.else' }, 422],
    ['a parent that is not there', { messages: [{ ...message('a'), parentId: 'b' }] }, 422],
    ['a text with NUL', { messages: [{ ...message('a'), text: 'a\0b' }] }, 422],
    ['a text that is too long', { messages: [{ ...message('a'), text: 'x'.repeat(400_001) }] }, 422],
    ['a repository that is not there', { session: { owner: 'acme', repo: 'none', branch: 'main', title: 'T' } }, 404],
    ['more than six megabytes', { padding: 'x'.repeat(6_300_000) }, 413],
  ])('D15: with %s is refused, and leaves nothing', async (_what, change, status) => {
    const count = async (): Promise<unknown> => (await workspace.stack.sql('SELECT count(*) FROM sessions'))[0];
    const before = await count();
    const refused = await member.post<Refusal>('/api/sessions/import', { ...document, ...change });
    expect(refused.status).toBe(status);
    expect(await count()).toEqual(before);
  });
});

function message(id: string): object {
  return { id, parentId: null, role: 'user', text: 'x', status: 'complete', createdAt: '2026-01-01T00:00:00.000Z' };
}
