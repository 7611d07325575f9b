import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../../../platform/git/git.js';
import { LocalServerError } from '../../support/child.js';

/** @throws LocalServerError when git or its `http-backend` is not there */
export async function checkGit(): Promise<void> {
  const folder = await git(['--exec-path']).catch((error: unknown) => {
    throw new LocalServerError(`The local forge needs git: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (existsSync(join(folder.toString('utf8').trim(), 'git-http-backend'))) return;
  throw new LocalServerError(
    "The local forge needs git's http-backend, which is not installed. On Debian it comes with the package git; on Alpine with git-daemon.",
  );
}
