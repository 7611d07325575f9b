import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LocalServerError } from '../../support/child.js';

/** A repository on this machine that is to be served. */
export interface Found {
  /** As it was named, made absolute. */
  readonly path: string;
  /** Its `.git` (a folder, or a file that leads to one), or the bare repository itself. */
  readonly gitDir: string;
  /** Named itself, not found in a folder that was. */
  readonly isNamed: boolean;
}

/** `folder/name` and `folder/owner/name` */
const DEEPEST = 2;
const MOST = 1_000;

/**
 * The repositories behind the paths that a person gave: work trees, bare repositories, or folders of them.
 * @throws LocalServerError naming the path that is none of these
 */
export function findRepositories(paths: readonly string[]): Found[] {
  const found = new Map<string, Found>();
  for (const path of paths.map((text) => resolve(text.trim()))) {
    for (const repository of inPath(path)) {
      const key = realpathSync(repository.gitDir);
      if (!found.has(key)) found.set(key, repository);
    }
  }
  return [...found.values()];
}

function inPath(path: string): Found[] {
  if (!isFolder(path)) {
    const why = existsSync(path) ? 'is no folder' : 'does not exist';
    throw new LocalServerError(`YUDAI_REPOS names ${path}, which ${why}.`);
  }
  const gitDir = gitDirOf(path);
  if (gitDir) return [{ path, gitDir, isNamed: true }];
  const inside = below(path, 1);
  if (inside.length > 0 && inside.length <= MOST) return inside;
  const why = inside.length > 0 ? `holds more than ${MOST} git repositories` : 'holds no git repository';
  throw new LocalServerError(`YUDAI_REPOS names ${path}, which ${why}.`);
}

function below(folder: string, depth: number): Found[] {
  return readable(folder)
    .filter((name) => !name.startsWith('.') && isFolder(join(folder, name)))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const gitDir = gitDirOf(path);
      if (gitDir) return [{ path, gitDir, isNamed: false }];
      return depth < DEEPEST ? below(path, depth + 1) : [];
    });
}

/** What git needs of a repository (gitrepository-layout(5)); it is asked itself later on. */
function gitDirOf(path: string): string | undefined {
  const inner = join(path, '.git');
  if (existsSync(inner)) return inner;
  return existsSync(join(path, 'HEAD')) && isFolder(join(path, 'objects')) ? path : undefined;
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
