import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '../git/storage.js';
import type { State } from '../state/state.js';
import { ensureOwner } from './ownership.js';
import type { SeedRepository } from './seed-repository.js';

const BRANCH = 'main';

/**
 * Brings a repository of the seed into the forge. What is there already stays as people have left it; what a crash has
 * left out is made again.
 */
export function plant(state: State, storage: Storage, seeds: readonly SeedRepository[]): void {
  for (const seed of seeds) if (!storage.has(seed)) storage.create(seed, BRANCH, (path) => fill(path, seed));
  state.db.transaction(() => {
    for (const seed of seeds) if (!state.repositories.find(seed.owner, seed.name)) register(state, seed);
  });
}

function fill(path: string, seed: SeedRepository): void {
  const refs = [...seed.fill(path)].map(([name, sha]) => `${sha} ${name}\n`).sort(byName);
  if (refs.length > 0) writeFileSync(join(path, 'packed-refs'), `# pack-refs with: sorted \n${refs.join('')}`);
}

const byName = (a: string, b: string): number => (a.slice(41) < b.slice(41) ? -1 : 1);

function register(state: State, { owner, issues, fill: _fill, ...seed }: SeedRepository): void {
  const { id: ownerId } = ensureOwner(state, owner);
  const { id: repositoryId } = state.repositories.add({ ...seed, ownerId, defaultBranch: BRANCH });
  state.labels.addStandard(repositoryId);
  for (const { title, body, labels, author, at } of issues) {
    const authorId = state.accounts.byLogin(author)?.id;
    if (authorId === undefined) throw new Error(`The issue "${title}" is by somebody who is not there.`);
    const labelIds = labels.map((name) => state.labels.ensure(repositoryId, name).id);
    state.issues.create({ repositoryId, title, body, authorId, at, labelIds });
  }
}
