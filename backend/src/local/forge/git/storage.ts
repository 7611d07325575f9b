import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BareRepository } from './bare-repository.js';

export interface OwnerAndName {
  readonly owner: string;
  readonly name: string;
}

/** Sent to nobody: where the forge remembers what the folder that it mirrors had. */
export const SOURCE_REFS = 'refs/source/';

const CONFIG = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[http]
\treceivepack = true
[receive]
\tfsckObjects = true
\tdenyDeleteCurrent = refuse
[uploadpack]
\tallowFilter = true
[transfer]
\thideRefs = ${SOURCE_REFS.slice(0, -1)}
`;

/** Where the forge's bare repositories lie: `<folder>/<owner>/<name>.git`. */
export class Storage {
  constructor(readonly folder: string) {}

  path({ owner, name }: OwnerAndName): string {
    return join(this.folder, owner.toLowerCase(), `${name.toLowerCase()}.git`);
  }

  repository(of: OwnerAndName): BareRepository {
    return new BareRepository(this.path(of));
  }

  has(of: OwnerAndName): boolean {
    return existsSync(this.path(of));
  }

  /** A repository without a commit, filled by `fill`; it appears whole or not at all. */
  create<T>(of: OwnerAndName, defaultBranch: string, fill: (path: string) => T): T {
    const path = this.path(of);
    const fresh = `${path}.new`;
    rmSync(fresh, { recursive: true, force: true });
    layOut(fresh, defaultBranch);
    const result = fill(fresh);
    mkdirSync(dirname(path), { recursive: true });
    renameSync(fresh, path);
    return result;
  }
}

/** What `git init --bare` makes, without starting a process for each of more than a hundred (gitrepository-layout(5)). */
export function layOut(path: string, defaultBranch: string): void {
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags']) {
    mkdirSync(join(path, folder), { recursive: true });
  }
  writeFileSync(join(path, 'HEAD'), `ref: refs/heads/${defaultBranch}\n`);
  writeFileSync(join(path, 'config'), CONFIG);
}
