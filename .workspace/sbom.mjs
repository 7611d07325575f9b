import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot } from './paths.mjs';

/**
 * Writes dist/sbom.cdx.json: every package of the lockfile, in CycloneDX 1.6 (ECMA-424), the same bytes for the same lockfile
 * and client. `scope` tells what reaches whom: `required` and `optional` run on the server or lie in the client's bundle,
 * `excluded` only builds and tests.
 */

/**
 * @typedef {object} Locked a package in package-lock.json
 * @property {string} [name]
 * @property {string} version
 * @property {string} [license]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {boolean} [link]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/** @typedef {{ license: { id: string } } | { expression: string }} Licence */

const OUTPUT = inRoot('dist/sbom.cdx.json');
const FOLDER = 'node_modules/';

/** @type {(path: string) => unknown} */
const json = (path) => JSON.parse(readFileSync(inRoot(path), 'utf8'));

const { packages } = /** @type {{ packages: Record<string, Locked> }} */ (json('package-lock.json'));
const { notInTheLockfile } = /** @type {{ notInTheLockfile: Record<string, string> }} */ (
  json('.workspace/licences.json')
);
const root = /** @type {Locked & { name: string }} */ (packages['']);
const bundled = inTheClient();

const paths = Object.keys(packages).filter((path) => path !== '' && !at(path).link);

/** The places in node_modules that the client's bundle was made of. */
function inTheClient() {
  const { inputs } = /** @type {{ inputs: Record<string, unknown> }} */ (json('dist/frontend/browser-stats.json'));
  const places = Object.keys(inputs).map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return new Set(places.map((place) => place?.slice(place.indexOf(FOLDER))));
}

/** @param {string} path */
function at(path) {
  return /** @type {Locked} */ (packages[path]);
}

/** @param {string} path of a package, `node_modules/a/node_modules/@b/c` */
function nameOf(path) {
  return at(path).name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);
}

/** Package URL (ECMA-427). @param {string} path */
function purl(path) {
  return `pkg:npm/${nameOf(path).replace('@', '%40')}@${at(path).version}`;
}

/** @param {string} path */
function scope(path) {
  const { dev, optional } = at(path);
  if (bundled.has(path)) return 'required';
  if (dev) return 'excluded';
  return optional ? 'optional' : 'required';
}

/** @param {string} path @returns {Licence[]} */
function licences(path) {
  const licence = at(path).license ?? notInTheLockfile[nameOf(path)];
  if (!licence) return [];
  return [/ (?:AND|OR|WITH) /.test(licence) ? { expression: licence } : { license: { id: licence } }];
}

/** The checksums of Subresource Integrity (W3C) in hexadecimal. @param {string} path */
function hashes(path) {
  return (at(path).integrity ?? '').split(' ').flatMap((entry) => {
    const [, bits, digest] = /^sha(\d+)-(.+)$/.exec(entry) ?? [];
    return digest ? [{ alg: `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') }] : [];
  });
}

/** What a package gets when it asks for another: the nearest one in the folders above it. @param {string} path */
function needs(path) {
  const { dependencies, optionalDependencies, peerDependencies } = at(path);
  const names = Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies });
  const found = names.map((name) => nearest(path, name)).filter((place) => place !== undefined);
  return [...new Set(found.map(purl))].sort();
}

/** @param {string} path @param {string} name @returns {string | undefined} */
function nearest(path, name) {
  const place = `${path === '' ? '' : `${path}/`}${FOLDER}${name}`;
  if (packages[place]) return place;
  if (path === '') return undefined;
  return nearest(path.slice(0, Math.max(0, path.lastIndexOf(FOLDER) - 1)), name);
}

/** @template T @param {readonly T[]} all @param {(one: T) => string} key */
const unique = (all, key) => [...new Map(all.map((one) => [key(one), one])).values()];

const product = {
  'bom-ref': `pkg:npm/yudai@${root.version}`,
  type: 'application',
  name: 'yudai',
  version: root.version,
};
const components = paths.map((path) => ({
  'bom-ref': purl(path),
  type: 'library',
  name: nameOf(path),
  version: at(path).version,
  scope: scope(path),
  hashes: hashes(path),
  licenses: licences(path),
  purl: purl(path),
}));
const dependencies = [
  { ref: product['bom-ref'], dependsOn: needs('') },
  ...paths.map((path) => ({ ref: purl(path), dependsOn: needs(path) })),
];

mkdirSync(dirname(OUTPUT), { recursive: true });
writeFileSync(
  OUTPUT,
  `${JSON.stringify(
    {
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { component: { ...product, licenses: [{ license: { id: 'Apache-2.0' } }] } },
      components: unique(components.sort(shippedLast), ({ purl: url }) => url),
      dependencies: unique(dependencies, ({ ref }) => ref),
    },
    null,
    2,
  )}\n`,
);

/** Where a package is in two places, the one that is shipped is kept: it comes last. @param {{ scope: string }} one @param {{ scope: string }} other */
function shippedLast(one, other) {
  const order = ['excluded', 'optional', 'required'];
  return order.indexOf(one.scope) - order.indexOf(other.scope);
}
