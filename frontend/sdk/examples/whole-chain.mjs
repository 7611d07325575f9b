#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createClient, createConfig } from '@yudai/sdk';
import * as chain from './chain.mjs';
import { signIn } from './sign-in.mjs';

/**
 * The main job, start to end, on a running deployment:
 *
 *   node whole-chain.mjs --url http://localhost:3000 --login member --repository acme/todo-api \
 *     --about "the last to-do is missing when paging" --expect src/todos/paginate.js --solve
 *
 * `--expect` is the file that search must name first, `--issue` a GitHub issue to solve instead of the one that is drafted,
 * `--solve` demands a completed solve and a pull request; without it the solve may say that it cannot.
 * Prints a line a leg; ends with 0 when all of it held, else with 1 and the sentence that did not.
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
/** @type {string[]} */
const broken = [];
const client = await signedIn(values.login);
const place = { client, owner, repo };

try {
  const session = await leg('session', () => chain.openSession(place), ({ id }) => id);
  await leg('index', () => chain.awaitIndex(place, session.id), (state) => `${state.filesIndexed} files, ${state.chunks} chunks`);
  await leg('search', () => findFirst(session.id), ([first]) => first?.path ?? '');
  await leg('answer', () => answerWithCitations(session.id), (seen) => `${seen.citations.length} citations, ${seen.deltas} deltas`);
  const drafted = await leg('draft', () => chain.draft(place, session.id, values.about), ({ title }) => title);
  const issue = await leg('publish', () => chain.publish(place, drafted.id), ({ githubNumber }) => `#${githubNumber}`);
  const toSolve = values.issue ? await chain.adopt(place, session.id, Number(values.issue)) : issue;
  const { solve } = await leg('solve', () => solved(toSolve.id), (run) => `${run.solve.status} after ${run.commands} commands`);
  if (values.solve) {
    await leg('diff', () => chain.review(place, solve.id), (diff) => diff.files.map((file) => file.path).join(', '));
    await leg('pull request', () => chain.openPullRequest(place, solve.id), (pull) => `#${pull?.number} ${pull?.url}`);
  }
  const acts = ['session.create', 'message.create', 'issue.create', 'issue.update', 'issue.publish', 'solve.start'];
  if (values.solve) acts.push('pull-request.open');
  const auditor = await signedIn(values.auditor);
  await leg('audit', () => chain.audited(auditor, acts, values.login), ({ checked }) => `${checked} entries, intact`);
  chain.demand(broken.length === 0, `The server failed on the way: ${broken.join(', ')}.`);
  console.log(`The whole chain holds for ${values.login} on ${values.repository}.`);
} catch (error) {
  console.log(`✗ ${describe(error)}`);
  process.exitCode = 1;
}

/** @param {string} login */
async function signedIn(login) {
  const signed = createClient(createConfig({ baseUrl: values.url, headers: await signIn(values.url, login) }));
  signed.interceptors.response.use((response, request) => {
    if (response.status >= 500) broken.push(`${request.method} ${new URL(request.url).pathname} ${response.status}`);
    return response;
  });
  return signed;
}

/** @template T @param {string} name @param {() => Promise<T>} work @param {(result: T) => string} words @returns {Promise<T>} */
async function leg(name, work, words) {
  const begun = performance.now();
  const result = await work();
  console.log(`✓ ${name}: ${words(result)} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  return result;
}

/** @param {string} id */
async function findFirst(id) {
  const results = await chain.search(place, id, values.about);
  const first = results[0]?.path;
  chain.demand(first === values.expect, `Search names ${first} first, not ${values.expect}.`);
  return results;
}

/** @param {string} id */
async function answerWithCitations(id) {
  const seen = await chain.ask(place, id, values.about);
  chain.demand(seen.citations.length > 0, 'The answer cites nothing.');
  return seen;
}

/** @param {string} issueId */
async function solved(issueId) {
  const run = await chain.solve(place, issueId);
  const { status, reason, tests } = run.solve;
  if (!values.solve) {
    chain.demand(['completed', 'unverified', 'failed'].includes(status), `The solve is ${status}.`);
    return run;
  }
  chain.demand(status === 'completed', `The solve is ${status} (${reason ?? 'no reason given'}).`);
  chain.demand((tests?.fixed.length ?? 0) > 0 && tests?.regressed.length === 0, 'No failing test passes now.');
  return run;
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof Error) return error.message;
  const problem = /** @type {import('@yudai/sdk').Problem} */ (error);
  return `${problem.status} ${problem.code}: ${problem.detail} (request ${problem.requestId})`;
}
