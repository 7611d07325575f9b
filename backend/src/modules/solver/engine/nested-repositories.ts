import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Repositories inside of a work tree are not looked into by git: files in them would be no part of a diff, and their `.git`
 * may lead anywhere. Moves every such `.git` out of the way; resolves to what puts them back. Nothing may run in the tree
 * in the meantime.
 */
export async function setNestedRepositoriesAside(tree: string, aside: string): Promise<() => Promise<void>> {
  const moved: { from: string; to: string }[] = [];
  await mkdir(aside, { recursive: true });
  for (const from of await nestedGitFiles(tree)) {
    const to = join(aside, String(moved.length));
    // One that cannot be moved stays; git then leaves its folder out.
    const done = await rename(from, to).then(
      () => true,
      () => false,
    );
    if (done) moved.push({ from, to });
  }
  return async () => {
    for (const { from, to } of moved) await rename(to, from).catch(() => undefined);
    await rm(aside, { recursive: true, force: true });
  };
}

/** Paths of every `.git` below the tree's own, links not followed. */
async function nestedGitFiles(tree: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [tree];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name === '.git') {
        if (folder !== tree) found.push(path);
      } else if (entry.isDirectory()) folders.push(path);
    }
  }
  return found;
}
