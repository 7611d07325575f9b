import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser, type Tree } from 'web-tree-sitter';

const packages = createRequire(import.meta.url);
const GRAMMARS = join(dirname(packages.resolve('@cursorless/tree-sitter-wasms/package.json')), 'out');
/** Grammars that come in packages of their own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  sql: packages.resolve('@l1xnan/tree-sitter-sql/tree-sitter-sql.wasm'),
};
/** No text keeps the thread longer than this. */
const MOST_MILLISECONDS = 2_000;

/** Parsers of tree-sitter, each loaded when the first file needs it. */
const parsers = new Map<string, Promise<Parser>>();
let started: Promise<void> | undefined;

/** The tree of a text; undefined where it took too long, or the parser failed. The caller deletes it. */
export async function parse(grammar: string, text: string): Promise<Tree | undefined> {
  try {
    const parser = await parserOf(grammar);
    const end = performance.now() + MOST_MILLISECONDS;
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
    if (!tree) parser.reset();
    return tree ?? undefined;
  } catch {
    // What a trap left behind in the parser is not used again; one that could not be loaded is loaded anew for the next text.
    parsers.delete(grammar);
    return undefined;
  }
}

function parserOf(grammar: string): Promise<Parser> {
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  return loading;
}

/**
 * A parser's tables are functions of tens of thousands of lines. V8 would compile them a second time, optimised, which takes
 * gigabytes of memory and more time than the parsing that it speeds up: 3.7 GB instead of 0.3 for 1,500 scripts, a file in
 * each language and one of 900 KB.
 */
const COMPILED_ONCE = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

function start(): Promise<void> {
  for (const flag of COMPILED_ONCE) setFlagsFromString(flag);
  return Parser.init();
}

async function load(grammar: string): Promise<Parser> {
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  await started;
  const language = await Language.load(ELSEWHERE[grammar] ?? join(GRAMMARS, `tree-sitter-${grammar}.wasm`));
  return new Parser().setLanguage(language);
}
