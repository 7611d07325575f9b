import type { Visitor } from './visitor.ts';

/** What a test starts from, made the quick way: over the product's own API, as the person who visits. */
interface Made {
  readonly id: string;
  readonly status: string;
}

const longest = 180_000;
const step = 300;

/** Asks until the answer is as it should be. */
export async function until<T>(what: string, look: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  const end = Date.now() + longest;
  for (;;) {
    const found = await look();
    if (isThere(found)) return found;
    if (Date.now() > end) throw new Error(`Waited too long for ${what}: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, step));
  }
}

/** A session on the sample repository, or on a branch of it, that is indexed. */
export async function makeSession(
  visitor: Visitor,
  title: string,
  repository = 'acme/todo-api',
  branch?: string,
): Promise<string> {
  const [owner, repo] = repository.split('/');
  const { id } = await visitor.ask<Made>('POST', '/api/sessions', {
    owner,
    repo,
    title,
    ...(branch ? { branch } : {}),
  });
  await until(
    'the index',
    () => visitor.ask<Made>('GET', `/api/sessions/${id}/index`),
    ({ status }) => status === 'ready' || status === 'failed',
  );
  return id;
}

/** A question with its answer, in whatever state the answer ends. */
export async function converse(visitor: Visitor, session: string, text: string): Promise<string> {
  const { answer } = await visitor.ask<{ answer: Made }>('POST', `/api/sessions/${session}/messages`, {
    text,
    clientMessageId: crypto.randomUUID(),
  });
  await until(
    'the answer',
    () => visitor.ask<{ items: Made[] }>('GET', `/api/sessions/${session}/messages`),
    ({ items }) => items.some(({ id, status }) => id === answer.id && status !== 'streaming'),
  );
  return answer.id;
}

/** The model's draft of an issue from the conversation. */
export async function makeDraft(visitor: Visitor, session: string): Promise<string> {
  const { id } = await visitor.ask<Made>('POST', `/api/sessions/${session}/issues`, {});
  await issueIs(visitor, id, ['draft', 'failed']);
  return id;
}

/** An issue that is on GitHub already. */
export async function adopt(visitor: Visitor, session: string, githubNumber: number): Promise<string> {
  const { id } = await visitor.ask<Made>('POST', `/api/sessions/${session}/issues`, { githubNumber });
  return id;
}

export const issueIs = (visitor: Visitor, issue: string, statuses: readonly string[]): Promise<Made> =>
  until(
    'the issue',
    () => visitor.ask<Made>('GET', `/api/issues/${issue}`),
    ({ status }) => statuses.includes(status),
  );

/** A solve that has just been asked for. */
export async function startSolve(visitor: Visitor, issue: string): Promise<string> {
  const { id } = await visitor.ask<Made>('POST', `/api/issues/${issue}/solves`, {});
  return id;
}

export const solveIs = (visitor: Visitor, solve: string, statuses: readonly string[]): Promise<Made> =>
  until(
    'the solve',
    () => visitor.ask<Made>('GET', `/api/solves/${solve}`),
    ({ status }) => statuses.includes(status),
  );

/** The question that the sample repository answers. */
export const question = 'The last to-do is missing when I read the list page by page. Where is the next page decided?';
