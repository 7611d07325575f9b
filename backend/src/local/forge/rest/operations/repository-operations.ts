import type { Forge } from '../../forge.js';
import { json } from '../../http/answer.js';
import { Refusal } from '../../http/refusal.js';
import type { Accessible } from '../../state/repositories.js';
import { type ApiCall, type Operations, readable } from '../api-call.js';
import { paged } from '../pagination.js';
import { presentAccount } from '../present/account.js';
import { presentBranch, presentShortBranch } from '../present/branch.js';
import { presentLabel } from '../present/issue.js';
import { presentFullRepository, presentRepository } from '../present/repository.js';

/** Repositories, their branches, labels and people. */
export function repositoryOperations(forge: Forge): Operations {
  const { state, storage, links } = forge;
  return {
    'GET /user/repos': (call) =>
      paged(links, call, listed(call, state.repositories.reachable(call.user.id)), (repository) =>
        presentRepository(forge, repository, repository.permission),
      ),

    'GET /repos/{owner}/{repo}': (call) => {
      const repository = readable(forge, call);
      return json(200, presentFullRepository(forge, repository, repository.permission));
    },

    'GET /repos/{owner}/{repo}/branches': async (call) => {
      const repository = readable(forge, call);
      const all = call.query['protected'] === true ? [] : await storage.repository(repository).branches();
      return paged(links, call, all, (branch) => presentShortBranch(forge, repository, branch));
    },

    'GET /repos/{owner}/{repo}/branches/{branch}': async (call) => {
      const repository = readable(forge, call);
      const name = String(call.path['branch']);
      const bare = storage.repository(repository);
      const sha = await bare.head(name);
      if (!sha) throw new Refusal(404, 'Branch not found');
      return json(200, presentBranch(forge, repository, name, await bare.commit(sha)));
    },

    'GET /repos/{owner}/{repo}/labels': (call) => {
      const repository = readable(forge, call);
      return paged(links, call, state.labels.list(repository.id), (label) => presentLabel(forge, repository, label));
    },

    'GET /repos/{owner}/{repo}/assignees': (call) => {
      const repository = readable(forge, call);
      return paged(links, call, state.repositories.people(repository), (user) => presentAccount(links, user));
    },
  };
}

type Key = 'createdAt' | 'updatedAt' | 'pushedAt';
const KEYS: Readonly<Record<string, Key>> = { created: 'createdAt', updated: 'updatedAt', pushed: 'pushedAt' };

/** Filters and order of `GET /user/repos`. */
function listed({ query, user, call }: ApiCall, all: readonly Accessible[]): Accessible[] {
  if (call.query.has('type') && (call.query.has('visibility') || call.query.has('affiliation'))) {
    throw new Refusal(422, 'If you specify visibility or affiliation, you cannot specify type.');
  }
  const { visibility, sort, since, before } = query;
  const affiliations = String(query['affiliation']).split(',');
  const key = KEYS[String(sort)];
  const direction = query['direction'] ?? (key ? 'desc' : 'asc');
  const found = all.filter(
    (repository) =>
      affiliations.includes(affiliationOf(repository, user.id)) &&
      isOfType(repository, String(query['type']), user.id) &&
      (visibility === 'all' || repository.private === (visibility === 'private')) &&
      (typeof since !== 'string' || Date.parse(repository.updatedAt) >= Date.parse(since)) &&
      (typeof before !== 'string' || Date.parse(repository.updatedAt) < Date.parse(before)),
  );
  const name = ({ owner, name }: Accessible): string => `${owner}/${name}`.toLowerCase();
  const text = (repository: Accessible): string => (key ? repository[key] : name(repository));
  found.sort((a, b) => compare(text(a), text(b)) || compare(name(a), name(b)));
  return direction === 'desc' ? found.reverse() : found;
}

function affiliationOf({ ownerId, ownerType }: Accessible, userId: number): string {
  if (ownerId === userId) return 'owner';
  return ownerType === 'Organization' ? 'organization_member' : 'collaborator';
}

function isOfType(repository: Accessible, type: string, userId: number): boolean {
  if (type === 'owner' || type === 'member') return (repository.ownerId === userId) === (type === 'owner');
  return type === 'all' || repository.private === (type === 'private');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
