import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../support/sources.js';

const SOURCES = '{backend,frontend,migrations,.workspace}/**/*.{ts,mjs,cjs,css,scss}';
const SKIPPED = /node_modules|\/dist\/|forge\/sample\/|\/canary\//;
const PACKAGE = String.raw`((?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:\/[\w./-]+)?`;
const IMPORT = new RegExp(
  String.raw`(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*|\.resolve\(\s*|@use\s+|@import\s+)['"]${PACKAGE}['"]`,
  'g',
);

/** Packages that are used by their name on a command line, in a project file or by another package. */
const BY_NAME = [
  /^@types\//,
  /^@angular\/(cli|compiler|compiler-cli)$/,
  /^@angular-devkit\//,
  /^@hey-api\/openapi-ts$/,
  /^@angular\/build$/,
  /^(nx|jest|eslint|prettier|typescript|vitest|jsdom|@swc\/jest|tslib|multer|passport)$/,
];

const imported = new Map<string, string>();
for (const file of globSync(SOURCES, { cwd: ROOT, exclude: (path) => SKIPPED.test(path) })) {
  if (SKIPPED.test(file)) continue;
  for (const [, name = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)) {
    if (!builtinModules.includes(name)) imported.set(name, file);
  }
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

describe('packages and the code', () => {
  it('declares every package that is imported', () => {
    // Ours, and what Jest itself provides.
    const own = ['@yudai/sdk', '@jest/globals'];
    const missing = [...imported].filter(([name]) => !declared.includes(name) && !own.includes(name));
    expect(missing).toEqual([]);
  });

  it('has no package that nothing imports', () => {
    const unused = declared.filter((name) => !imported.has(name) && !BY_NAME.some((used) => used.test(name)));
    expect(unused).toEqual([]);
  });
});
