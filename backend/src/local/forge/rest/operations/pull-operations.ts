import { z } from 'zod';
import { timestamp } from '../../clock.js';
import type { Forge } from '../../forge.js';
import { json } from '../../http/answer.js';
import { type FieldError, notFound, validationFailed } from '../../http/refusal.js';
import type { Pull } from '../../state/pulls.js';
import type { Accessible } from '../../state/repositories.js';
import { type Operations, readable, writable } from '../api-call.js';
import { paged } from '../pagination.js';
import { presentFullPull, presentPull } from '../present/pull.js';
import { measure } from '../pull-size.js';
import { textErrors } from '../text-limits.js';

/** The parts of a new pull request that matter here. */
const newPull = z.object({
  title: z.string().default(''),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().default(false),
  issue: z.number().optional(),
});
type NewPull = z.output<typeof newPull>;

/** Pull requests from a branch of the repository itself; there are no forks here. */
export function pullOperations(forge: Forge): Operations {
  const { state, links, events } = forge;

  const presented = (repository: Accessible, pull: Pull): object => {
    const issue = state.issues.find(repository.id, pull.number);
    if (!issue) throw notFound();
    return presentPull(forge, repository, issue, pull);
  };

  return {
    'GET /repos/{owner}/{repo}/pulls': (call) => {
      const repository = readable(forge, call);
      const { state: wanted, head, base, sort, direction } = call.query;
      const branch = typeof head === 'string' ? ownBranch(repository, head) : undefined;
      if (branch === null) return json(200, []);
      const found = state.pulls.list({
        repositoryId: repository.id,
        state: wanted as 'open',
        sort: String(sort),
        direction: (direction ?? (call.query['sort'] === 'created' ? 'desc' : 'asc')) as 'desc',
        ...(branch === undefined ? {} : { head: branch }),
        ...(typeof base === 'string' ? { base } : {}),
      });
      return paged(links, call, found, (pull) => presented(repository, pull));
    },

    'POST /repos/{owner}/{repo}/pulls': async (call) => {
      const repository = writable(forge, call);
      const input = newPull.parse(call.body);
      const ends = await comparedEnds(forge, repository, input);
      const size = await measure(forge.storage.repository(repository), ends.baseSha, ends.headSha);
      const pull = state.db.transaction(() => {
        refuseSecond(forge, repository, ends);
        const { title, body = null, draft } = input;
        const issue = { repositoryId: repository.id, title, body, authorId: call.user.id, at: timestamp() };
        return state.pulls.create(issue, { ...ends, draft });
      });
      const issue = state.issues.find(repository.id, pull.number);
      if (!issue) throw notFound();
      events.pullOpened(repository, issue, pull, call.user);
      const location = `${links.repositoryApi(repository)}/pulls/${pull.number}`;
      return json(201, presentFullPull(forge, repository, issue, pull, size), { location });
    },
  };
}

type Ends = Pick<Pull, 'headRef' | 'headSha' | 'baseRef' | 'baseSha'>;

/** Both ends of a new pull request. @throws Refusal 422 for one that is not there, or without a commit between them */
async function comparedEnds({ storage }: Forge, repository: Accessible, input: NewPull): Promise<Ends> {
  const bare = storage.repository(repository);
  const headRef = ownBranch(repository, input.head) ?? '';
  const [headSha, baseSha] = await Promise.all([bare.head(headRef), bare.head(input.base)]);
  const errors: FieldError[] = input.issue === undefined ? textErrors('PullRequest', input) : [invalid('issue')];
  if (!headSha) errors.push(invalid('head'));
  if (!baseSha) errors.push(invalid('base'));
  if (!headSha || !baseSha || errors.length > 0) throw validationFailed(errors);
  if ((await bare.countBetween(baseSha, headSha)) === 0) {
    throw validationFailed([custom(`No commits between ${input.base} and ${input.head}`)]);
  }
  return { headRef, headSha, baseRef: input.base, baseSha };
}

function refuseSecond({ state }: Forge, { id, owner }: Accessible, { headRef, baseRef }: Ends): void {
  const wanted = { repositoryId: id, state: 'open', head: headRef, base: baseRef } as const;
  if (state.pulls.list({ ...wanted, sort: 'created', direction: 'desc' }).length === 0) return;
  throw validationFailed([custom(`A pull request already exists for ${owner}:${headRef}.`)]);
}

/** The branch of `branch` or `owner:branch`; null for one of another owner's. */
function ownBranch({ owner }: Accessible, head: string): string | null {
  const colon = head.indexOf(':');
  if (colon < 0) return head;
  return head.slice(0, colon).toLowerCase() === owner.toLowerCase() ? head.slice(colon + 1) : null;
}

const invalid = (field: string): FieldError => ({ resource: 'PullRequest', field, code: 'invalid' });

function custom(message: string): FieldError {
  return { resource: 'PullRequest', field: '', code: 'custom', message };
}
