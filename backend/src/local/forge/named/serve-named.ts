import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitError } from '../../../platform/git/git.js';
import { LocalServerError } from '../../support/child.js';
import { timestamp } from '../clock.js';
import type { OwnerAndName, Storage } from '../git/storage.js';
import { ensureOwner, PEOPLE } from '../seed/ownership.js';
import type { Permission, Repository } from '../state/repositories.js';
import type { State } from '../state/state.js';
import { copyObjects } from './copy-objects.js';
import { findRepositories, type Found } from './find.js';
import { mirrorRefs } from './mirror-refs.js';
import { nameOf } from './names.js';
import { readSource, type Source } from './source.js';

type Shop = { readonly state: State; readonly storage: Storage };

/** Work on so many repositories at once; each of them starts a few git processes. */
const AT_ONCE = 4;
const RIGHTS: Readonly<Record<string, Permission>> = { admin: 'admin', member: 'write', auditor: 'read' };

/**
 * Serves the repositories that a person named: the forge's own mirrors of them, brought up to date.
 * @throws LocalServerError naming a path that cannot be served
 */
export async function serveNamed(shop: Shop, paths: readonly string[]): Promise<void> {
  const found = findRepositories(paths);
  for (let first = 0; first < found.length; first += AT_ONCE) {
    const some = found.slice(first, first + AT_ONCE);
    const sources = await Promise.all(some.map((item) => tolerant(item, () => readSource(item.gitDir))));
    const known = some.flatMap((item, index) => {
      const source = sources[index];
      return source ? [{ item, source, repository: register(shop, item, source) }] : [];
    });
    await Promise.all(
      known.map(({ item, ...rest }) => tolerant(item, () => update(shop, rest.repository, rest.source))),
    );
  }
}

/** One bad repository in a folder of many is left out and said; one that was named itself ends the start. */
async function tolerant<T>({ path, isNamed }: Found, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof GitError ? error.stderr.trim() || error.message : (error as Error).message;
    const sentence = `YUDAI_REPOS names ${path}, which cannot be served: ${reason}.`;
    if (isNamed) throw new LocalServerError(sentence);
    process.stderr.write(`${sentence}\n`);
    return undefined;
  }
}

/** A source keeps the name and the id that it got first. */
function register({ state }: Shop, { path }: Found, source: Source): Repository {
  const known = state.repositories.bySource(path);
  if (known) return known;
  return state.db.transaction(() => {
    const { owner, name } = freeName(state, nameOf(path, source.origin));
    const now = timestamp();
    const { defaultBranch } = source;
    const ownerId = ensureOwner(state, owner).id;
    const added = state.repositories.add({
      ...{ ownerId, name, defaultBranch, source: path },
      // It is somebody's own until they say otherwise.
      private: true,
      createdAt: now,
      pushedAt: now,
    });
    state.labels.addStandard(added.id);
    for (const { login } of PEOPLE) {
      const person = state.accounts.byLogin(login);
      if (person) state.repositories.setPermission(added.id, person.id, RIGHTS[login] ?? 'read');
    }
    return added;
  });
}

function freeName(state: State, { owner, name }: OwnerAndName): OwnerAndName {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!state.repositories.find(owner, candidate)) return { owner, name: candidate };
  }
}

async function update({ state, storage }: Shop, repository: Repository, source: Source): Promise<void> {
  if (!storage.has(repository)) storage.create(repository, source.defaultBranch, () => undefined);
  const bare = storage.repository(repository);
  for (const folder of source.objects) await copyObjects(folder, join(bare.path, 'objects'));
  if (source.shallow) writeFileSync(join(bare.path, 'shallow'), source.shallow);
  if (!(await mirrorRefs(bare, source.refs))) return;
  await bare.text('symbolic-ref', 'HEAD', `refs/heads/${source.defaultBranch}`);
  const latest = await bare.text(
    'for-each-ref',
    '--sort=-committerdate',
    '--count=1',
    '--format=%(committerdate:unix)',
    'refs/heads',
  );
  state.repositories.setDefaultBranch(repository.id, source.defaultBranch);
  if (latest) state.repositories.touchPushed(repository.id, timestamp(new Date(Number(latest) * 1_000)));
}
