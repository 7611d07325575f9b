import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/sources.js';

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Component {
  readonly purl: string;
  readonly name: string;
  readonly scope: 'required' | 'optional' | 'excluded';
  readonly hashes: readonly { readonly content: string }[];
  readonly licenses: readonly { readonly license?: { readonly id: string }; readonly expression?: string }[];
}

const nameAt = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Of alternatives one is enough; what is joined must be allowed in all its parts. */
function isAllowed({ scope, licenses: [stated] }: Component): boolean {
  const list = scope === 'excluded' ? [...allowed.shipped, ...allowed.development] : allowed.shipped;
  const terms = stated?.license?.id ?? stated?.expression ?? 'none';
  return terms
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => list.includes(licence)));
}

const json = <T>(name: string): T => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as T;
const { packages } = json<{ packages: Record<string, Locked> }>('package-lock.json');
const bom = json<{ components: Component[] }>('dist/sbom.cdx.json');
const { allowed } = json<{ allowed: Record<'shipped' | 'development', string[]> }>('.workspace/licences.json');
const installed = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);

describe('packages', () => {
  it('are locked without the address of a registry', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('.tgz"');
  });

  it('are locked by checksum', () => {
    const unchecked = installed.filter(([, { integrity, inBundle }]) => !integrity && !inBundle);
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  it('run no script when they are installed', () => {
    expect(readFileSync(join(ROOT, '.npmrc'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['ignore-scripts=true', 'omit-lockfile-registry-resolved=true']),
    );
    const { allowScripts } = json<{ allowScripts: Record<string, boolean> }>('package.json');
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameAt(path));
    expect([...new Set(scripted)].filter((name) => allowScripts[name] !== false)).toEqual([]);
  });

  it('have exact versions, so that two installs are the same', () => {
    const manifest = json<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json');
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('come from a registry: none from a git repository, an address or a folder', () => {
    const foreign = installed.filter(([, { version }]) => !/^\d+\.\d+\.\d+/.test(version ?? ''));
    expect(foreign.map(([path]) => path)).toEqual([]);
  });

  it('have a licence that was agreed to', () => {
    const refused = bom.components.filter((component) => !isAllowed(component));
    expect(refused.map(({ purl, licenses }) => [purl, licenses])).toEqual([]);
  });

  it('are all in the SBOM, with their checksums', () => {
    const named = new Map(bom.components.map(({ purl, hashes }) => [purl, hashes[0]?.content]));
    const missing = installed.filter(([path, { name, version, integrity }]) => {
      const called = name ?? nameAt(path);
      const hash = Buffer.from(integrity?.replace(/^sha\d+-/, '') ?? '', 'base64').toString('hex');
      return named.get(`pkg:npm/${called.replace('@', '%40')}@${version}`) !== hash;
    });
    expect(missing.map(([path]) => path)).toEqual([]);
  });

  it('that the product runs on are told from those that only build it', () => {
    const scopes = new Map(bom.components.map(({ name, scope }) => [name, scope]));
    expect(['typeorm', '@angular/core', 'jest', '@angular/cli'].map((name) => scopes.get(name))).toEqual([
      'required',
      'required',
      'excluded',
      'excluded',
    ]);
  });
});
