import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdsSecret } from '../../src/modules/embeddings/text/secrets.js';
import { skipByPath } from '../../src/modules/embeddings/text/skip-policy.js';
import { ROOT } from '../support/sources.js';

/** Called like a file of secrets: npm's settings of this workspace, which are public and read by packages.spec.ts. */
const PUBLIC = new Set(['.npmrc']);

const git = (...args: string[]): string[] => {
  const all = ['-c', 'safe.directory=*', '-C', ROOT, ...args, '-z'];
  return execFileSync('git', all, { encoding: 'utf8', maxBuffer: 2 ** 28 })
    .split('\0')
    .filter(Boolean);
};
const isNamedSecret = (path: string): boolean =>
  !PUBLIC.has(path) && skipByPath({ path, mode: '100644', size: 1 }) === 'secret';

(existsSync(join(ROOT, '.git')) ? describe : describe.skip)('D16: the repository (needs its history)', () => {
  it('has no file of secrets, and never had one', () => {
    const ever = git('log', '--all', '--format=', '--name-only');
    expect(ever.length).toBeGreaterThan(0);
    expect([...new Set(ever)].filter(isNamedSecret)).toEqual([]);
  });

  it('holds no text that has the form of a credential, but where tests plant one', () => {
    const files = git('ls-files').filter((path) => !path.endsWith('.spec.ts') && existsSync(join(ROOT, path)));
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((path) => holdsSecret(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });
});
