import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelOf, packagedModel } from '../../src/modules/embeddings/model/model.js';
import { type ApiClient, signIn, spawnApi, type TestProcess, waitFor } from '../support/index.js';
import { fakeModel } from './onnx.js';
import {
  finished,
  type IndexView,
  openSession,
  pathsOf,
  readIndex,
  search,
  startWorkspace,
  type Workspace,
} from './workspace.js';

const DIMENSION = 512;
/** A word that stands nowhere, in a question that one file answers. */
const BY_MEANING = { query: 'purchaser forgot to pay money they owe' };

let workspace: Workspace;
let member: ApiClient;
let session: string;
let before: IndexView;
let folder: string;

/** A folder with a model that gives every text the same vector. */
async function anotherModel(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'yudai-another-'));
  const { files } = packagedModel();
  await mkdir(join(home, 'onnx'));
  await writeFile(join(home, 'onnx/model_quantized.onnx'), fakeModel(DIMENSION));
  await cp(files.tokenizer, join(home, 'tokenizer.json'));
  await cp(files.tokenizerConfig, join(home, 'tokenizer_config.json'));
  const sha256 = async (file: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(join(home, file)))
      .digest('hex');
  const description = {
    ...{ name: 'constant', dimension: DIMENSION },
    sha256: {
      weights: await sha256('onnx/model_quantized.onnx'),
      tokenizer: await sha256('tokenizer.json'),
      tokenizerConfig: await sha256('tokenizer_config.json'),
    },
  };
  await writeFile(join(home, 'model.json'), JSON.stringify(description));
  return home;
}

const models = async (): Promise<Record<string, number>> => {
  const rows = await workspace.stack.sql<{ model: string; dimension: number }>(
    'SELECT DISTINCT model, vector_dims(embedding) AS dimension FROM text_embeddings',
  );
  return Object.fromEntries(rows.map(({ model, dimension }) => [model.replace(/@.*/, ''), dimension]));
};

beforeAll(async () => {
  folder = await anotherModel();
  workspace = await startWorkspace();
  const worker = await workspace.work();
  await workspace.repository('shop', {
    'src/debts.js':
      'export function remindUnpaidInvoice(customer) {\n  return letter(customer, "Your invoice is overdue.");\n}\n',
    'src/colors.js': 'export const colors = ["red", "green", "blue"];\n',
    'src/queue.js': 'export function drain(queue) {\n  while (queue.length > 0) queue.shift()();\n}\n',
  });
  member = await workspace.as('member');
  session = await openSession(member, 'shop');
  before = await finished(member, session);
  await worker.end();
}, 120_000);
afterAll(async () => {
  await workspace.stack.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('after the model was changed to one of another dimension', () => {
  let later: ApiClient;

  beforeAll(async () => {
    later = await signIn(await spawnApi(workspace.stack, { EMBEDDINGS_MODEL_DIR: folder }), 'member');
  }, 120_000);

  it('what was read before is searched by the model of before until it has been read anew', async () => {
    expect(await models()).toEqual({ 'all-MiniLM-L6-v2-int8': 384 });
    expect(pathsOf(await search(later, session, BY_MEANING))[0]).toBe('src/debts.js');
  });

  it('it is read anew by a job, without anybody asking or a word to GitHub; then the vectors of before go', async () => {
    await workspace.forge('faults', { kind: '500', match: 'shop\\.git/info/refs', times: 1_000 });
    const worker: TestProcess = await workspace.work({ EMBEDDINGS_MODEL_DIR: folder });
    await waitFor('only the new model', async () => Object.keys(await models()).join() === 'constant', 60_000);
    expect(await models()).toEqual({ constant: DIMENSION });
    const { filesIndexed, commit } = before;
    expect(await readIndex(later, session)).toMatchObject({ status: 'ready', commit, filesIndexed, behind: 0 });
    // To this model everything is alike.
    expect(pathsOf(await search(later, session, BY_MEANING)).sort()).toEqual([
      'src/colors.js',
      'src/debts.js',
      'src/queue.js',
    ]);
    const requests = await workspace.stack.sql(
      `SELECT via, details ->> 'cause' AS cause FROM audit_entries WHERE action = 'index.request' AND via = 'job'`,
    );
    expect(requests).toEqual([{ via: 'job', cause: 'model' }]);
    await worker.end();
  });

  it('a process that knows the new model nothing of still finds by words', async () => {
    expect(pathsOf(await search(member, session, { query: 'overdue invoice' }))[0]).toBe('src/debts.js');
    // A question whose words are mostly nowhere: there is no vector that could speak for it.
    const asked = { query: 'Which customer is reminded by somebody that money is owed to the company?' };
    expect(pathsOf(await search(member, session, asked))[0]).toBe('src/debts.js');
    expect(pathsOf(await search(member, session, BY_MEANING))).toEqual([]);
  });
});

it.each([
  ['no JSON', '{'],
  ['a dimension without an index', '{"name":"a","dimension":100,"sha256":{}}'],
])('a description that is %s is refused with a sentence', async (_, description) => {
  const home = await mkdtemp(join(folder, 'bad-'));
  await writeFile(join(home, 'model.json'), description);
  await expect(modelOf(home)).rejects.toThrow(
    /The embedding model cannot be used: .*model\.json describes no model \(/,
  );
});
