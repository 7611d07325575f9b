import { basename } from 'node:path/posix';
import { extensionOf } from './skip-policy.js';

export const CATEGORIES = ['code', 'test', 'docs', 'config', 'data', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

const LANGUAGES = new Map(
  Object.entries({
    ...{ ts: 'TypeScript', mts: 'TypeScript', cts: 'TypeScript', tsx: 'TSX', js: 'JavaScript', mjs: 'JavaScript' },
    ...{
      cjs: 'JavaScript',
      jsx: 'JSX',
      vue: 'Vue',
      svelte: 'Svelte',
      py: 'Python',
      go: 'Go',
      rs: 'Rust',
      java: 'Java',
    },
    ...{ kt: 'Kotlin', kts: 'Kotlin', c: 'C', h: 'C', cc: 'C++', cpp: 'C++', hpp: 'C++', cs: 'C#', rb: 'Ruby' },
    ...{
      php: 'PHP',
      scala: 'Scala',
      swift: 'Swift',
      dart: 'Dart',
      ex: 'Elixir',
      exs: 'Elixir',
      lua: 'Lua',
      sh: 'Shell',
    },
    ...{ bash: 'Shell', ps1: 'PowerShell', sql: 'SQL', css: 'CSS', scss: 'SCSS', less: 'Less', html: 'HTML' },
    ...{ md: 'Markdown', mdx: 'MDX', rst: 'reStructuredText', json: 'JSON', yaml: 'YAML', yml: 'YAML', toml: 'TOML' },
    ...{
      xml: 'XML',
      proto: 'Protocol Buffers',
      graphql: 'GraphQL',
      tf: 'Terraform',
      r: 'R',
      jl: 'Julia',
      hs: 'Haskell',
    },
    ...{ clj: 'Clojure', m: 'Objective-C', mm: 'Objective-C++', groovy: 'Groovy', zig: 'Zig', nim: 'Nim' },
  }),
);
const NAMES = new Map([
  ['dockerfile', 'Dockerfile'],
  ['makefile', 'Makefile'],
  ['gemfile', 'Ruby'],
  ['rakefile', 'Ruby'],
]);

/** By a folder, or by the file's name; `OrderTest.java` is one, `latest.java` is not. */
const TEST_FOLDER = /(^|\/)(__tests__|specs?|e2e|fixtures?|testdata)\/|(^|[/._-])tests?\//i;
const TEST_NAME = /[._-](test|spec)s?\.[^/]+$|(^|\/)(test_[^/]+|conftest\.py)$|_test\.[^/]+$/i;
const TEST_CLASS = /[a-z\d](Tests?|TestCase|Spec|IT)\.(java|kt|kts|groovy|scala|cs|swift|php)$/;
const DOCS = new Set(['md', 'mdx', 'rst', 'txt', 'adoc']);
const CONFIG = new Set(['json', 'yaml', 'yml', 'toml', 'ini', 'cfg', 'conf', 'xml', 'properties', 'tf', 'lock']);
const DATA = new Set(['csv', 'tsv', 'ndjson', 'jsonl', 'geojson', 'svg']);

/** The language by name or extension; null when nobody knows. */
export function languageOf(path: string): string | null {
  return LANGUAGES.get(extensionOf(path)) ?? NAMES.get(basename(path).toLowerCase()) ?? null;
}

/** Whether the path is that of a test or of what tests read. */
export function isTest(path: string): boolean {
  return TEST_FOLDER.test(path) || TEST_NAME.test(path) || TEST_CLASS.test(path);
}

export function categoryOf(path: string): Category {
  const extension = extensionOf(path);
  if (isTest(path)) return 'test';
  if (DOCS.has(extension)) return 'docs';
  if (DATA.has(extension)) return 'data';
  if (CONFIG.has(extension)) return 'config';
  return languageOf(path) === null ? 'other' : 'code';
}

const EXAMPLE = /(^|[/._-])(examples?|samples?|demos?|playgrounds?|benchmarks?|docs?|website)\//i;

/** Whether the path is that of code which shows, measures or documents how other code is used. */
export function isExample(path: string): boolean {
  return EXAMPLE.test(path);
}

const CHANGES = /(^|\/)(changes|changelog|history|news|release[_-]?notes)(\.[a-z]+)?$/i;

/** Lists of changes have the words of everything and explain nothing. */
export function isChangelog(path: string): boolean {
  return CHANGES.test(path);
}
