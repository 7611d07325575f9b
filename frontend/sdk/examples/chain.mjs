import { setTimeout as delay } from 'node:timers/promises';
import * as api from '@yudai/sdk';

/**
 * From a repository to a pull request, by the HTTP contract alone. Each function is one leg; each throws a sentence when
 * what it got is not what the contract promises.
 */

/** @typedef {{ client: import('@yudai/sdk').Client, owner: string, repo: string }} Place */

const PATIENCE_MS = 300_000;
const POLL_MS = 500;

/** @param {unknown} condition @param {string} sentence */
export function demand(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** Waits until `look` gives something. @template T @param {string} what @param {() => Promise<T | undefined>} look @returns {Promise<T>} */
async function until(what, look) {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await delay(POLL_MS)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`${what} did not come within ${PATIENCE_MS / 60_000} minutes.`);
}

const strict = { throwOnError: /** @type {const} */ (true) };

/** The repository is found by its name among all pages, and a session on its default branch begins. @param {Place} place */
export async function openSession({ client, owner, repo }) {
  const { data: found } = await api.listRepositories({ client, query: { query: repo }, ...strict });
  const repository = found.items.find((item) => item.fullName === `${owner}/${repo}`);
  demand(repository, `${owner}/${repo} is not among the repositories that this account can reach.`);
  const { data: branches } = await api.listBranches({ client, path: { owner, repo }, ...strict });
  const branch = branches.items.find((item) => item.default);
  demand(branch, `${owner}/${repo} has no default branch.`);
  const { data: session } = await api.createSession({ client, body: { owner, repo, branch: branch?.name }, ...strict });
  return session;
}

/** Follows the index to its end; its progress never goes back. @param {Place} place @param {string} id */
export async function awaitIndex({ client }, id) {
  let progress = 0;
  for await (const { data } of api.events((options) => api.streamIndex({ client, path: { id }, ...options }))) {
    const state = /** @type {import('@yudai/sdk').IndexState} */ (data);
    demand(state.progress >= progress, `Indexing went back from ${progress} to ${state.progress}.`);
    ({ progress } = state);
    if (state.status === 'ready' || state.status === 'failed') break;
  }
  const { data: state } = await api.getIndex({ client, path: { id }, ...strict });
  demand(state.status === 'ready', `The index is ${state.status}: ${state.error ?? 'no reason given'}.`);
  demand(state.filesIndexed > 0 && state.chunks > 0, 'The index is ready but empty.');
  return state;
}

/** @param {Place} place @param {string} id @param {string} query */
export async function search({ client }, id, query) {
  const { data } = await api.searchSession({ client, path: { id }, body: { query }, ...strict });
  demand(data.results.length > 0, `Nothing was found for "${query}".`);
  return data.results;
}

/**
 * Asks, follows the answer as it is written, and compares what came with what was stored. Each citation is opened at its
 * lines and commit. @param {Place} place @param {string} id @param {string} text
 */
export async function ask({ client }, id, text) {
  const body = { text, clientMessageId: crypto.randomUUID() };
  const { data: sent } = await api.sendMessage({ client, path: { id }, body, ...strict });
  let streamed = '';
  let deltas = 0;
  const open = (/** @type {import('@yudai/sdk').StreamOptions} */ options) =>
    api.streamMessage({ client, path: { id, mid: sent.answer.id }, ...options });
  for await (const { event, data } of api.events(open)) {
    const part =
      /** @type {{ text?: string, message?: import('@yudai/sdk').Message, problem?: import('@yudai/sdk').Problem }} */ (
        data
      );
    if (event === 'delta') [streamed, deltas] = [streamed + (part.text ?? ''), deltas + 1];
    if (event === 'error') throw new Error(`The answer failed: ${part.problem?.code}.`);
    // What had ended before it was followed comes as a whole.
    if (event === 'done' && deltas === 0) streamed = part.message?.text ?? '';
    if (event === 'done') break;
  }
  const { data: messages } = await api.listMessages({ client, path: { id }, ...strict });
  const answer = messages.items.find((message) => message.id === sent.answer.id);
  demand(answer?.status === 'complete', `The answer is ${answer?.status ?? 'not stored'}.`);
  demand(answer?.text === streamed, 'The stored answer is not what was streamed.');
  const citations = answer?.retrieval?.citations ?? [];
  for (const { path, startLine, endLine } of citations) {
    const query = { path, startLine, endLine, commit: answer?.retrieval?.commit ?? undefined };
    const { data: file } = await api.readFile({ client, path: { id }, query, ...strict });
    demand(
      file.endLine >= endLine && file.text !== '',
      `${path}:${startLine}-${endLine} does not exist at the commit.`,
    );
  }
  return { answer, citations, deltas };
}

/** The conversation becomes a draft, which is edited and looked at as GitHub will get it. @param {Place} place @param {string} id @param {string} instructions */
export async function draft({ client }, id, instructions) {
  const { data: begun } = await api.createIssue({ client, path: { id }, body: { instructions }, ...strict });
  const drafted = await until('The draft', async () => {
    const { data } = await api.getIssue({ client, path: { issueId: begun.id }, ...strict });
    return data.status === 'drafting' ? undefined : data;
  });
  demand(drafted.status === 'draft', `The draft is ${drafted.status}.`);
  demand(drafted.title !== '' && drafted.body !== '', 'The draft is empty.');
  const body = { body: `${drafted.body}\n\nLooked over by a person.`, revision: drafted.revision };
  const { data: edited } = await api.updateIssue({ client, path: { issueId: drafted.id }, body, ...strict });
  const { data: preview } = await api.previewIssue({ client, path: { issueId: drafted.id }, ...strict });
  demand(preview.body.includes('Looked over by a person.'), 'The preview does not show the edit.');
  return edited;
}

/** An issue that is on GitHub already. @param {Place} place @param {string} id @param {number} githubNumber */
export async function adopt({ client }, id, githubNumber) {
  const { data } = await api.createIssue({ client, path: { id }, body: { githubNumber }, ...strict });
  return data;
}

/** Publishes five times at once; one issue comes of it. @param {Place} place @param {string} issueId */
export async function publish(place, issueId) {
  const { client, owner, repo } = place;
  const before = await openIssues(place);
  await Promise.all(Array.from({ length: 5 }, () => api.publishIssue({ client, path: { issueId }, ...strict })));
  const issue = await until('Publishing', async () => {
    const { data } = await api.getIssue({ client, path: { issueId }, ...strict });
    return data.status === 'publishing' ? undefined : data;
  });
  demand(issue.status === 'published' && issue.githubNumber, `The issue is ${issue.status}.`);
  const made = (await openIssues(place)).filter((number) => !before.includes(number));
  demand(made.length === 1 && made[0] === issue.githubNumber, `${made.length} issues were made in ${owner}/${repo}.`);
  return issue;
}

/** @param {Place} place */
async function openIssues({ client, owner, repo }) {
  /** @type {number[]} */
  const numbers = [];
  for (let cursor; ;) {
    const query = { limit: 200, ...(cursor ? { cursor } : {}) };
    const { data } = await api.listRepositoryIssues({ client, path: { owner, repo }, query, ...strict });
    numbers.push(...data.items.map((item) => item.number));
    if (!data.nextCursor) return numbers;
    cursor = data.nextCursor;
  }
}

/** Has the issue solved and follows the agent to its end. @param {Place} place @param {string} issueId */
export async function solve({ client }, issueId) {
  const { data: begun } = await api.startSolve({ client, path: { issueId }, body: {}, ...strict });
  const commands = new Set();
  for await (const { event, data } of api.events((options) =>
    api.streamSolveEvents({ client, path: { id: begun.id }, ...options }),
  )) {
    if (event === 'step') commands.add(/** @type {{ n: number }} */ (data).n);
    if (event === 'done') break;
  }
  const { data: ended } = await api.getSolve({ client, path: { id: begun.id }, ...strict });
  return { solve: ended, commands: commands.size };
}

/** @param {Place} place @param {string} id */
export async function review({ client }, id) {
  const { data: diff } = await api.getSolveDiff({
    client,
    path: { id },
    headers: { Accept: 'application/json' },
    ...strict,
  });
  demand(typeof diff !== 'string' && diff.files.length > 0, 'The diff is empty.');
  const { data: trajectory } = await api.getSolveTrajectory({ client, path: { id }, ...strict });
  demand(trajectory, 'There is no trajectory.');
  return diff;
}

/** Asks five times at once; one pull request comes of it. @param {Place} place @param {string} id */
export async function openPullRequest({ client }, id) {
  const asked = Array.from({ length: 5 }, () => api.openPullRequest({ client, path: { id }, body: {}, ...strict }));
  const numbers = new Set((await Promise.all(asked)).map(({ data }) => data.number));
  demand(numbers.size === 1, `${numbers.size} pull requests were opened.`);
  const { data } = await api.getSolve({ client, path: { id }, ...strict });
  demand(data.pullRequest?.status === 'open', `The pull request is ${data.pullRequest?.status ?? 'missing'}.`);
  return data.pullRequest;
}

/** The audit chain is intact and names each of these acts. @param {import('@yudai/sdk').Client} auditor @param {string[]} actions @param {string} actor */
export async function audited(auditor, actions, actor) {
  const { data: verdict } = await api.verifyAudit({ client: auditor, ...strict });
  demand(verdict.intact, `The audit chain is broken at ${verdict.firstBroken}.`);
  for (const action of actions) {
    const { data } = await api.listAuditEntries({ client: auditor, query: { action, actor, limit: 1 }, ...strict });
    demand(data.items.length > 0, `No audit entry says that ${actor} did ${action}.`);
  }
  return verdict;
}
