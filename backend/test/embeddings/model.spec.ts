import { cp, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EmbeddingThread } from '../../src/modules/embeddings/model/embedding-thread.js';
import { Embedder } from '../../src/modules/embeddings/model/embedder.js';
import { packagedModel, recipeOf } from '../../src/modules/embeddings/model/model.js';
import { anonymous, spawnApi, spawnWorker, type Stack, startApi, startStack, type TestApi } from '../support/index.js';
import { fakeModel } from './onnx.js';

const { files } = packagedModel();
const MODEL = dirname(files.tokenizer);
const RECIPE = recipeOf(packagedModel());

let stack: Stack;
let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yudai-model-'));
  stack = await startStack();
  api = await startApi(stack);
}, 300_000);
afterAll(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A copy of the model in which one bit of a file is another. */
async function tampered(file: string): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(MODEL, copy, { recursive: true });
  const handle = await open(join(copy, file), 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, 1_000);
  await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, 1_000);
  await handle.close();
  return copy;
}

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, of, at) => sum + of * (b[at] ?? 0), 0);

describe('the model', () => {
  it('gives what its authors measured', async () => {
    const texts = [
      'A man is eating food.',
      'A man is eating a piece of bread.',
      'That is a happy person',
      'That is a very happy person',
    ];
    const [food, bread, happy, very] = (await api.get(Embedder).embed(texts)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    expect(food).toHaveLength(384);
    expect(cosine(food, food)).toBeCloseTo(1, 4);
    expect(cosine(food, bread)).toBeCloseTo(0.757, 1);
    expect(cosine(happy, very)).toBeCloseTo(0.933, 1);
    expect(cosine(food, happy)).toBeLessThan(0.3);
  });

  it('gives a text the same vector whatever is asked beside it', async () => {
    const text = 'export function willItRain(clouds) { return clouds > 3; }';
    const [beside] = await api
      .get(Embedder)
      .embed([text, 'something longer that would be batched with it '.repeat(20)]);
    expect(await api.get(Embedder).embedQuestion(RECIPE, [text])).toEqual([beside]);
  });

  it('answers a question before the files that wait', async () => {
    const embedder = api.get(Embedder);
    let left = 40;
    const files = Array.from({ length: left }, async (_, file) => {
      await embedder.embed([`what file ${file} says of the weather `.repeat(30)]);
      left -= 1;
    });
    await embedder.embedQuestion(RECIPE, ['will it rain']);
    expect(left).toBeGreaterThan(20);
    await Promise.all(files);
  });

  it('is started again after its thread has died', async () => {
    const embedder = api.get(Embedder);
    const inside = embedder as unknown as { current: { threads: { thread: Promise<EmbeddingThread> }[] } };
    for (const { thread } of inside.current.threads) await (await thread).stop();
    expect((await embedder.embedQuestion(RECIPE, ['still there']))?.[0]).toHaveLength(384);
  });

  it('is named by readiness', async () => {
    const { status, body } = await anonymous(api).get<{ checks: object }>('/api/health/ready');
    expect(status).toBe(200);
    expect(body.checks).toMatchObject({ model: { status: 'up' } });
  });
});

describe.each(['onnx/model_quantized.onnx', 'tokenizer.json'])('with a tampered %s', (file) => {
  let copy: string;
  beforeAll(async () => (copy = await tampered(file)));

  it.each([
    ['api', spawnApi],
    ['worker', spawnWorker],
  ])('the %s does not start and says why, in a sentence', async (_, spawn) => {
    const failure = await spawn(stack, { EMBEDDINGS_MODEL_DIR: copy }).then(
      () => 'it started',
      (error: unknown) => String(error),
    );
    expect(failure).toMatch(
      /The embedding model cannot be used: .* has the sha256 [0-9a-f]{64}, not [0-9a-f]{64}\. Install/,
    );
    expect(failure).toContain(join(copy, file));
    expect(failure).not.toMatch(/\n\s+at /);
  });
});

it('the api does not start without a model either', async () => {
  const nowhere = join(folder, 'nowhere');
  await expect(spawnApi(stack, { EMBEDDINGS_MODEL_DIR: nowhere })).rejects.toThrow(
    /The embedding model cannot be used/,
  );
});

it('a model of another dimension is refused, even if it were the expected file', async () => {
  const weights = join(folder, 'small.onnx');
  await writeFile(weights, fakeModel(128));
  const start = EmbeddingThread.start({ files: { ...files, weights }, dimension: 384 });
  await expect(start).rejects.toThrow(/gives vectors of 128 numbers, not 384/);
  const right = join(folder, 'right.onnx');
  await writeFile(right, fakeModel(384));
  const thread = await EmbeddingThread.start({ files: { ...files, weights: right }, dimension: 384 });
  await thread.stop();
  await expect(thread.ask({ kind: 'embed', texts: ['too late'] })).rejects.toThrow(/ended/);
});

/** Threads of this process that give way to it: their nice value, of proc_pid_stat(5), is above the process's own. */
async function patientThreads(): Promise<number> {
  const niceOf = async (path: string): Promise<number> => {
    const stat = await readFile(path, 'utf8').catch(() => '');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  };
  const own = await niceOf('/proc/self/stat');
  const tasks = await readdir('/proc/self/task');
  const values = await Promise.all(tasks.map((task) => niceOf(`/proc/self/task/${task}/stat`)));
  return values.filter((value) => value > own).length;
}

(platform() === 'linux' ? it : it.skip)(
  'a thread that reads files gives way to everything else on the machine, one that questions wait for does not',
  async () => {
    const thread = await EmbeddingThread.start({ files, dimension: 384 });
    const before = await patientThreads();
    await thread.ask({ kind: 'question', texts: ['where is the basket'] });
    expect(await patientThreads()).toBe(before);
    await thread.ask({ kind: 'cut', name: 'basket.js', text: 'export const basket = [];\n' });
    expect(await patientThreads()).toBe(before + 1);
    await thread.stop();
  },
);
