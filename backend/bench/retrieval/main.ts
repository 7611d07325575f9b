import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { IndexState } from '../../src/modules/embeddings/index.js';
import { Finder } from '../../src/modules/embeddings/search/finder.js';
import { SearchService } from '../../src/modules/embeddings/search/search.service.js';
import { SnapshotsRepository } from '../../src/modules/embeddings/repositories/snapshots.repository.js';
import { isOutage } from '../../src/platform/database/outage.js';
import { type ApiClient, signIn, spawnWorker, startApi, startStack, waitFor } from '../../test/support/index.js';
import { quantile } from '../figure.js';
import { report as calibration, type Weighed } from '../relevance/calibration.js';
import { questionsFor } from '../relevance/questions.js';
import { type Corpus, corporaOf, readCases, writePredictions } from './cases.js';
import { repositoryAt } from './corpus.js';
import { type Answered, report } from './report.js';
import { modelEnvironment, Reranking } from './reranking.js';

/**
 * `npm run bench:retrieval -- --cases FILE --repos DIR --out PRED`: reads each case's repository (`DIR/owner+name/repo`, a
 * bare clone) at its snapshot as the product reads any, asks the product's search for each case's text, writes what it
 * answered (50 files each) and prints how good that is. On the servers that TEST_DATABASE_URL and TEST_REDIS_URL name, or on
 * embedded ones; `--threads N` for the model. `--relevance` also asks what no repository answers, and prints how well the two are
 * told apart. `--rerank` also has the language model that LLM_BASE_URL, LLM_API_KEY and LLM_MODEL name order the passages of each case,
 * at its price.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    repos: { type: 'string' },
    out: { type: 'string' },
    threads: { type: 'string' },
    relevance: { type: 'boolean', default: false },
    rerank: { type: 'boolean', default: false },
  },
});
const { cases: file, repos, out, threads = '2', relevance, rerank } = values;
if (!file || !repos || !out) throw new Error('say --cases FILE --repos DIR --out PRED');
const model = rerank ? modelEnvironment(process.env) : {};

const FILES = 50;
const HOURS_2 = 7_200_000;
/** So often somebody who waits is told how far it is. */
const TELL_MS = 10_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const cases = await readCases(file);
const corpora = corporaOf(cases);
const repositories = new Map<Corpus, string>();
for (const corpus of corpora) {
  const { owner, name, at, commit } = corpus;
  await repositoryAt(resolve(repos, `${owner}+${name}`, 'repo'), owner, at, commit).then(
    (path) => repositories.set(corpus, path),
    (error: unknown) => failed(corpus, error),
  );
}
const stack = await startStack({ forge: true, repositories: [...repositories.values()] });
for (const path of repositories.values())
  stack.onStop(() => rm(dirname(dirname(path)), { recursive: true, force: true }));
try {
  const api = await startApi(stack, model);
  await spawnWorker(stack, { EMBEDDINGS_THREADS: threads });
  const member = await signIn(api, 'member');
  const search = api.get(SearchService);
  const reranking = new Reranking(api, rerank ? (await member.get<{ id: string }>('/api/auth/me')).body.id : undefined);
  const answers: Answered[] = [];
  const times: number[] = [];
  const weighed: Weighed[] = [];
  const answer = async ({ owner, name, at: repository, cases: asked }: Corpus): Promise<void> => {
    await indexed(member, owner, repository);
    const [at] = await patiently(() => branchesOf(owner, repository));
    const serving = at && (await patiently(() => api.get(SnapshotsRepository).ofBranch(at))).serving;
    if (!at || !serving) throw new Error('it is not there');
    for (const one of asked) {
      const start = performance.now();
      const { results } = await patiently(() => search.search(at, { query: one.query, limit: FILES }));
      times.push(performance.now() - start);
      const answered = await patiently(() => search.filesIn(serving, { query: one.query, limit: FILES }));
      const findings = await patiently(() => api.get(Finder).look(serving, { query: one.query }));
      const orders = await patiently(() => reranking.of(at, one.repo, one.query));
      answers.push({ asked: one, answered, silent: results.length === 0, findings, orders });
    }
    for (const { kind, query } of relevance ? await questionsFor(`${owner}/${name}`, cases) : []) {
      const { evidence } = await patiently(() => api.get(Finder).look(serving, { query }));
      weighed.push({ repo: `${owner}/${name}`, kind, evidence });
    }
  };
  for (const corpus of repositories.keys()) {
    await answer(corpus).catch((error: unknown) => failed(corpus, error));
    await writePredictions(out, new Map(answers.map(({ asked, answered }) => [asked.id, answered])));
  }
  say(`\n${report(answers)}\n`);
  say(`search: p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`);
  if (relevance) say(`\n${calibration(weighed)}\n`);
} finally {
  await stack.stop();
}
process.exit();

/** The other repositories are asked all the same. */
function failed({ owner, name, cases: unanswered }: Corpus, error: unknown): void {
  process.exitCode = 1;
  say(`${owner}/${name}: ${String(error)}; its ${unanswered.length} cases are not answered and not counted`);
}

function branchesOf(owner: string, name: string): Promise<{ repositoryId: string; branch: string }[]> {
  return stack.sql(
    `SELECT s.repository_id AS "repositoryId", s.branch FROM index_snapshots s JOIN repositories r ON r.id = s.repository_id
      WHERE r.owner = $1 AND r.name = $2 AND s.status = 'ready'`,
    [owner, name],
  );
}

/** An embedded database on a busy machine may have no connection for a moment; beginning again would cost the whole index. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 60; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isOutage(error)) throw error;
      await pause(2_000);
    }
  }
}

async function indexed(client: ApiClient, owner: string, repo: string): Promise<void> {
  const start = performance.now();
  let told = start;
  const { body, status } = await client.post<{ id: string }>('/api/sessions', { owner, repo });
  if (status !== 201) throw new Error(`no session on ${owner}/${repo}: ${status} ${JSON.stringify(body)}`);
  const { chunks } = await waitFor(
    `the index of ${owner}/${repo}`,
    async () => {
      const { body: seen, status: answer } = await client.get<{ index: IndexState }>(`/api/sessions/${body.id}`);
      // A busy machine may have had no moment for the question.
      if (answer !== 200) return undefined;
      const { index } = seen;
      if (index.status === 'failed') throw new Error(`it could not be indexed: ${index.error ?? 'nobody knows why'}`);
      if (performance.now() - told > TELL_MS) {
        told = performance.now();
        say(`  ${owner}/${repo}: ${(index.progress * 100).toFixed(0)} % indexed`);
      }
      return index.status === 'ready' ? index : undefined;
    },
    HOURS_2,
  );
  const seconds = (performance.now() - start) / 1_000;
  say(`${owner}/${repo}: ${chunks} chunks in ${seconds.toFixed(0)} s (${(chunks / seconds).toFixed(1)} a second)`);
}
