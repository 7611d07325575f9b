import type { Guard } from '../guard.js';

const PACKAGES = 'backend/test/workspace/packages.spec.ts';
/** A package at the beginning of the lockfile, as one that somebody has added. */
const added = (name: string, facts: object): Pick<Guard, 'file' | 'take' | 'put'> => ({
  file: 'package-lock.json',
  take: '"packages": {',
  put: `"packages": { "node_modules/${name}": ${JSON.stringify({ version: '1.0.0', integrity: 'sha512-AA==', ...facts })},`,
});

/** What comes from other people's registries: here something is let in, and the list must notice. */
export const PACKAGES_LET_IN: readonly Guard[] = [
  {
    without: 'packages could run scripts when they are installed',
    file: '.npmrc',
    take: 'ignore-scripts=true',
    put: '',
    test: PACKAGES,
    named: 'packages run no script',
  },
  {
    without: 'nobody would have looked at a new script',
    ...added('scripted', { hasInstallScript: true }),
    test: PACKAGES,
    named: 'packages run no script',
  },
  {
    without: 'a package could be changed on its way',
    ...added('unchecked', { integrity: undefined }),
    test: PACKAGES,
    named: 'packages are locked by checksum',
  },
  {
    without: 'a package could come from anywhere',
    ...added('foreign', { version: 'git+https://evil.example/foreign.git' }),
    test: PACKAGES,
    named: 'packages come from a registry',
  },
  {
    without: 'two installs could differ',
    file: 'package.json',
    take: '"dependencies": {',
    put: '"dependencies": { "loose": "^1.0.0",',
    test: PACKAGES,
    named: 'packages have exact versions',
  },
  {
    without: 'a licence could come in that nobody agreed to',
    file: '.workspace/licences.json',
    take: '"ISC",',
    put: '',
    test: PACKAGES,
    named: 'packages have a licence that was agreed to',
  },
  {
    without: 'a package could be missing in the SBOM',
    ...added('unnamed', {}),
    test: PACKAGES,
    named: 'packages are all in the SBOM',
  },
];
