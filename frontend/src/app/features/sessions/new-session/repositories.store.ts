import { signalStore } from '@ngrx/signals';
import { type Branch, type Repository, getRepository, listBranches, listRepositories } from '@yudai/sdk';
import { withPages } from '../../../core/paged/with-pages';

/** Repositories the user can reach, page by page, for what was typed. */
export const RepositoriesStore = signalStore(
  withPages<Repository, string>((query, cursor, on) =>
    listRepositories({ query: { ...(query ? { query } : {}), ...(cursor ? { cursor } : {}) }, ...on }),
  ),
);

/** Branches of one repository. */
export const BranchesStore = signalStore(
  withPages<Branch, { owner: string; repo: string }>((path, cursor, on) =>
    listBranches({ path, query: { limit: 200, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
);

/** The one repository that the address names, so that a shared link shows what it is about. */
export const RepositoryStore = signalStore(
  withPages<Repository, { owner: string; repo: string }>(async (path, _cursor, on) => {
    const { data } = await getRepository({ path, ...on });
    return { data: { items: [data], nextCursor: null } };
  }),
);
