import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../../src/platform/git/git.js';
import { packagedModel } from '../../src/modules/embeddings/model/model.js';
import { SentenceModel } from '../../src/modules/embeddings/model/sentence-model.js';
import type { FoundChunk } from '../../src/modules/embeddings/repositories/found.js';
import { byFile, fuse } from '../../src/modules/embeddings/search/fusion.js';
import { cutFile } from '../../src/modules/embeddings/text/cut-file.js';
import { categoryOf } from '../../src/modules/embeddings/text/file-kind.js';
import { readQuestion } from '../../src/modules/embeddings/text/question.js';
import { skipByPath } from '../../src/modules/embeddings/text/skip-policy.js';
import { meanOf, scoreOf } from '../../src/modules/evaluations/score.js';
import { type Case, readCases } from '../retrieval/cases.js';

/**
 * `node --import ./.workspace/typescript.mjs backend/bench/weights/main.ts --cases FILE --repos DIR --repo OWNER/NAME WEIGHTS…`:
 * what other weights of the same model (ONNX files; none means the product's own) are worth to the part of search that goes by
 * meaning, and how many texts a second they read. Without a database: each chunk of a repository is compared.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string' }, repos: { type: 'string' }, repo: { type: 'string' } },
});
const { cases: file, repos, repo } = values;
if (!file || !repos || !repo) throw new Error('say --cases FILE --repos DIR --repo OWNER/NAME WEIGHTS…');

interface Passage {
  readonly path: string;
  readonly input: string;
}

const { files, dimension } = packagedModel();
const THREADS = 2;
/** As in `MeaningSearch` and `Finder`. */
const CANDIDATES = 1_000;
const REST = 0.1;
const NOTHING_ASKED = { tests: false, docs: false };
const LARGEST = 300_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const asked = (await readCases(file)).filter((one) => one.repo === repo);
const [first] = asked;
if (!first) throw new Error(`there is no case of ${repo}`);
const passages = await passagesOf(resolve(repos, repo.replace('/', '+'), 'repo'), first.snapshot);
say(`${repo}: ${passages.length} passages, ${asked.length} cases; R@1 R@5 R@10 MRR of meaning alone, texts a second`);
for (const weights of positionals.length > 0 ? positionals : [files.weights]) {
  const model = await SentenceModel.load({ ...files, weights: resolve(weights) }, THREADS, dimension);
  const begun = performance.now();
  const vectors: Float32Array[] = [];
  for (const { input } of passages) vectors.push(await model.embed(input));
  const rate = passages.length / ((performance.now() - begun) / 1_000);
  const scores = [];
  for (const one of asked) scores.push(scoreOf(one.gold, ranked(await questionVector(model, one), vectors)));
  const { recallAt1, recallAt5, recallAt10, mrr } = meanOf(scores);
  const figures = [recallAt1, recallAt5, recallAt10, mrr].map((value) => value.toFixed(3)).join('  ');
  say(`${figures}  ${rate.toFixed(1)}/s  ${weights}`);
}

/** Of the code, which is what issues' files are; documents and tests would make the comparison slower, not other. */
async function passagesOf(repository: string, commit: string): Promise<Passage[]> {
  const counter = await SentenceModel.load(files, THREADS, dimension);
  const tree = await git(['--git-dir', repository, 'ls-tree', '-r', '-l', '-z', commit]);
  const found: Passage[] = [];
  for (const entry of tree.toString().split('\0').filter(Boolean)) {
    const [, mode = '', , oid = '', size = '', path = ''] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(entry) ?? [];
    const known = { path, oid, mode, size: Number(size) || 0 };
    if (skipByPath(known) || categoryOf(path) !== 'code' || known.size > LARGEST) continue;
    const text = (await git(['--git-dir', repository, 'cat-file', 'blob', oid])).toString();
    const { chunks } = await cutFile(path.slice(path.lastIndexOf('/') + 1), text, (part) => counter.countTokens(part));
    found.push(...chunks.map(({ input }) => ({ path, input })));
  }
  return found;
}

async function questionVector(model: SentenceModel, { query }: Case): Promise<Float32Array> {
  const { title, prose } = readQuestion(query);
  const texts = prose === '' ? [title] : [title, `${title}\n${prose}`.slice(0, 2_000)];
  const sum = new Float32Array(dimension);
  for (const text of texts)
    for (const [at, value] of (await model.embed(text)).entries()) sum[at] = (sum[at] ?? 0) + value;
  return sum;
}

function ranked(question: Float32Array, vectors: readonly Float32Array[]): string[] {
  const chunks = vectors
    .map((vector, at): FoundChunk => {
      const score = vector.reduce((total, value, index) => total + value * (question[index] ?? 0), 0);
      return { chunkId: String(at), path: passages[at]?.path ?? '', startLine: 0, endLine: 0, symbol: null, score };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES);
  return fuse([{ files: byFile(chunks, REST), chunks, weight: 1 }], NOTHING_ASKED).map(({ path }) => path);
}
