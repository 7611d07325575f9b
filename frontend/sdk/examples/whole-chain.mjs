#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createClient, createConfig } from '@yudai/sdk';
import * as chain from './chain.mjs';
import { signIn } from './sign-in.mjs';

/**
 * The main job, start to end, on a running deployment:
 *
 *   node whole-chain.mjs --url http://localhost:3000 --login member --repository acme/todo-api --issue 1 --solve
 *
 * `--about` is what is asked and drafted, `--expect` the file that search must name first, `--issue` a GitHub issue to solve
 * instead of the one that is drafted. `--solve` demands a completed solve and a pull request; without it the solve may say
 * that it cannot. Prints a line a leg; ends with 0 when all of it held, else with 1 and the sentence that did not.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    login: { type: 'string', default: 'member' },
    auditor: { type: 'string', default: 'auditor' },
    repository: { type: 'string', default: 'acme/todo-api' },
    about: { type: 'string', default: 'The last to-do is missing when I go through all pages of the list' },
    expect: { type: 'string', default: 'src/todos/paginate.js' },
    issue: { type: 'string' },
    solve: { type: 'boolean', default: false },
  },
});

const [owner = '', repo = ''] = values.repository.split('/');
/** Answers that say that the server failed. @type {string[]} */
const broken = [];

try {
  const client = await signedIn(values.login);
  await drive({ client, owner, repo });
  console.log(`The whole chain holds for ${values.login} on ${values.repository}.`);
} catch (error) {
  console.log(`✗ ${describe(error)}`);
  process.exitCode = 1;
}

/** @param {chain.Place} place */
async function drive(place) {
  const { id } = await leg('session', chain.openSession(place), (session) => `${session.id} on ${session.branch}`);
  await leg('index', chain.awaitIndex(place, id), (state) => `${state.filesIndexed} files, ${state.chunks} chunks`);
  await leg('search', findFirst(place, id), (results) => results[0]?.path ?? '');
  await leg('answer', answer(place, id), (seen) => `${seen.citations.length} citations, ${seen.deltas} deltas`);
  const draft = await leg('draft', chain.draft(place, id, values.about), ({ title }) => title);
  const published = await leg('publish', chain.publish(place, draft.id), ({ githubNumber }) => `#${githubNumber}`);
  const issue = values.issue ? await chain.adopt(place, id, Number(values.issue)) : published;
  const { solve } = await leg('solve', solved(place, issue.id), outcome);
  if (values.solve) {
    await leg('diff', chain.review(place, solve.id), ({ files }) => files.map(({ path }) => path).join(', '));
    await leg('pull request', chain.openPullRequest(place, solve.id), (pull) => `#${pull.number} ${pull.url}`);
  }
  const acts = [
    'session.create',
    'message.send',
    'message.answer',
    'issue.draft',
    'issue.update',
    'issue.publish',
    'solve.start',
    'solve.end',
  ];
  if (values.solve) acts.push('pull-request.open');
  const auditor = await signedIn(values.auditor);
  await leg('audit', chain.audited(auditor, acts, values.login), ({ checked }) => `${checked} entries, intact`);
  chain.demand(broken.length === 0, `The server failed on the way: ${broken.join(', ')}.`);
}

/** @param {string} login */
async function signedIn(login) {
  const client = createClient(createConfig({ baseUrl: values.url, headers: await signIn(values.url, login) }));
  client.interceptors.response.use((response, request) => {
    if (response.status >= 500) broken.push(`${request.method} ${new URL(request.url).pathname} ${response.status}`);
    return response;
  });
  return client;
}

/** @template T @param {string} name @param {Promise<T>} work @param {(result: T) => string} words @returns {Promise<T>} */
async function leg(name, work, words) {
  const begun = performance.now();
  const result = await work;
  console.log(`✓ ${name}: ${words(result)} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  return result;
}

/** @param {chain.Place} place @param {string} id */
async function findFirst(place, id) {
  const results = await chain.search(place, id, values.about);
  const first = results[0]?.path;
  chain.demand(first === values.expect, `Search names ${first} first, not ${values.expect}.`);
  return results;
}

/** @param {chain.Place} place @param {string} id */
async function answer(place, id) {
  const seen = await chain.ask(place, id, values.about);
  chain.demand(seen.citations.length > 0, 'The answer cites nothing.');
  return seen;
}

/** @param {chain.Place} place @param {string} issueId */
async function solved(place, issueId) {
  const run = await chain.solve(place, issueId);
  const { status, reason, tests } = run.solve;
  const ended = ['completed', 'unverified', 'failed'].includes(status);
  chain.demand(
    values.solve ? status === 'completed' : ended,
    `The solve is ${status} (${reason ?? 'no reason given'}).`,
  );
  if (values.solve) chain.demand(tests?.fixed.length && !tests.regressed.length, 'No failing test passes now.');
  return run;
}

/** @param {Awaited<ReturnType<typeof chain.solve>>} run */
function outcome({ solve, commands }) {
  return `${solve.status}${solve.reason ? ` (${solve.reason})` : ''} after ${commands} commands`;
}

/** @param {unknown} error A sentence of ours, or a problem document. */
function describe(error) {
  if (error instanceof Error) return error.message;
  const problem = /** @type {import('@yudai/sdk').Problem} */ (error);
  return `${problem.status} ${problem.code}: ${problem.detail} (request ${problem.requestId})`;
}
