import { TextEmbedder } from '../../src/modules/embeddings/indexing/text-embedder.js';
import { Embedder } from '../../src/modules/embeddings/model/embedder.js';
import { TextsRepository, textHash } from '../../src/modules/embeddings/repositories/texts.repository.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type ApiClient, endLeases, itOnRealServers, startWorker, type TestApp, waitFor } from '../support/index.js';
import {
  expected,
  finished,
  openSession,
  pathsOf,
  search,
  serves,
  startWorkspace,
  type Workspace,
} from './workspace.js';

let workspace: Workspace;
let admin: ApiClient;
let member: ApiClient;
let worker: TestApp;
/** How many texts the model has read for indexes. */
let read = 0;

beforeAll(async () => {
  workspace = await startWorkspace({ env: { SHUTDOWN_SECONDS: '2' } });
  [admin, member] = [await workspace.as('admin'), await workspace.as('member')];
}, 300_000);
afterAll(() => workspace.stack.stop());

async function work(): Promise<void> {
  worker = await startWorker(workspace.stack);
  const embedder = worker.get(Embedder);
  const embed = embedder.embed.bind(embedder);
  jest.spyOn(embedder, 'embed').mockImplementation((texts) => {
    read += texts.length;
    return embed(texts);
  });
}

const inSize = async (sql: string, parameters: unknown[] = []): Promise<number> => {
  const [row] = await workspace.stack.sql<{ n: number }>(sql, parameters);
  return row?.n ?? -1;
};
const kept = (): Promise<number> => inSize('SELECT count(*)::int AS n FROM text_embeddings');

/** A definition that is a chunk of its own. */
const definition = (topic: string, at: number, step = 'advance'): string =>
  `export function ${topic}${at}(input) {\n${`  if (input.${topic} > ${at}) return ${step}(input, "${topic}");\n`.repeat(6)}}\n`;
const definitions = (topic: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => definition(topic, at));

it('a worker that was killed in the middle of a file is followed by one that embeds only what was not finished', async () => {
  const chunks = 60;
  await workspace.repository('long', { 'src/river.js': definitions('river', chunks).join('\n') });
  const session = await openSession(member, 'long');
  const killed = await workspace.work({ EMBEDDINGS_THREADS: '1' });
  await waitFor('some texts', async () => (await kept()) >= 8);
  await killed.end('SIGKILL');
  const before = await kept();
  expect(before).toBeLessThan(chunks);
  expect(await inSize('SELECT count(*)::int AS n FROM blobs')).toBe(0);
  await endLeases(workspace.stack, 'index_snapshots');
  await work();
  expect(await finished(member, session)).toMatchObject({ status: 'ready', chunks });
  expect(read).toBe(chunks - before);
});

describe('a file of thirty definitions', () => {
  const old = definitions('moon', 30);
  const changed = old.with(15, definition('moon', 15, 'retreat')).join('\n');
  let session: string;

  beforeAll(async () => {
    read = 0;
    await workspace.repository('texts', { 'src/moon.js': old.join('\n') });
    session = await openSession(member, 'texts');
    expect(await finished(member, session)).toMatchObject({ chunks: 30 });
    expect(read).toBe(30);
    read = 0;
  });

  it('of which one is changed costs one embedding, and what was there before it goes', async () => {
    const before = await kept();
    const commit = await workspace.commit('texts', { 'src/moon.js': changed });
    expect(await serves(member, session, commit)).toMatchObject({ chunks: 30 });
    expect(read).toBe(1);
    await waitFor('the text that was there before to go', async () => (await kept()) === before);
    expect(pathsOf(await search(member, session, { query: 'retreat from the moon' }))).toEqual(['src/moon.js']);
  });

  it('costs none on another branch, for somebody else, moved, and copied with a change of its own to another place', async () => {
    read = 0;
    const change = { branch: 'other', message: 'Copy', files: { 'lib/moon.js': `${old.slice(0, 10).join('\n')}\n` } };
    await workspace.forge('repositories/acme/texts/commits', change);
    const wish = { owner: 'acme', repo: 'texts', branch: 'other' };
    const { id } = await expected(201, admin.post<{ id: string }>('/api/sessions', wish));
    expect(await finished(admin, `/api/sessions/${id}`)).toMatchObject({ status: 'ready', chunks: 40 });
    const commit = await workspace.commit('texts', { 'src/moon.js': null, 'sky/moon.js': changed });
    expect(await serves(member, session, commit)).toMatchObject({ chunks: 30 });
    expect(read).toBe(0);
  });
});

it('a text in two files that are read side by side is embedded once', async () => {
  read = 0;
  const common = definitions('tide', 20);
  const files = Object.fromEntries(
    ['a', 'b'].map((folder, at) => [`${folder}/tide.js`, [...common, definition('ebb', at)].join('\n')]),
  );
  await workspace.repository('aside', files);
  expect(await finished(member, await openSession(member, 'aside'))).toMatchObject({ chunks: 42 });
  expect(read).toBe(22);
});

it('a text that is collected before the content it stands in is stored is embedded again', async () => {
  read = 0;
  const texts = worker.get(TextEmbedder);
  const embed = texts.embed.bind(texts);
  jest.spyOn(texts, 'embed').mockImplementationOnce(async (wanted, ...rest) => {
    await embed(wanted, ...rest);
    await workspace.stack.sql(`UPDATE text_embeddings SET stored_at = now() - interval '2 days'`);
    await worker.get(TextsRepository).collectUnfinished(60);
  });
  await workspace.repository('unlucky', { 'src/comet.js': definitions('comet', 3).join('\n') });
  const index = await finished(member, await openSession(member, 'unlucky'));
  expect(index).toMatchObject({ status: 'ready', chunks: 3 });
  expect(read).toBe(6);
});

it('texts of files that nobody has finished go after a while, and no others', async () => {
  const texts = worker.get(TextsRepository);
  const before = await kept();
  await texts.store([{ hash: textHash('half a file'), vector: new Float32Array(384).fill(1) }]);
  await texts.collectUnfinished(60);
  expect(await kept()).toBe(before + 1);
  await workspace.stack.sql(`UPDATE text_embeddings SET stored_at = now() - interval '2 days'`);
  await texts.collectUnfinished(60);
  expect(await kept()).toBe(before);
});

itOnRealServers('a text that is about to be referred to is not collected', async () => {
  const texts = worker.get(TextsRepository);
  const hash = textHash('about to be stored');
  await texts.store([{ hash, vector: new Float32Array(384).fill(1) }]);
  await worker.get(Transactions).run(async (tx) => {
    await texts.hold(tx, [hash]);
    await texts.collectUnfinished(-60);
  });
  expect(await texts.known([hash])).toEqual(new Set([hash]));
  await texts.collectUnfinished(-60);
  expect(await texts.known([hash])).toEqual(new Set());
});
