import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

const GRAMMARS = join(
  dirname(createRequire(import.meta.url).resolve('@cursorless/tree-sitter-wasms/package.json')),
  'out',
);
/** No text keeps the thread longer than this. */
const MOST_MILLISECONDS = 2_000;

/** Parsers of tree-sitter, each loaded when the first file needs it. */
const parsers = new Map<string, Promise<Parser>>();
let started: Promise<void> | undefined;

/** The tree of a text; undefined where it took too long, or the parser failed. The caller deletes it. */
export async function parse(grammar: string, text: string): Promise<Tree | undefined> {
  const parser = await parserOf(grammar);
  const end = performance.now() + MOST_MILLISECONDS;
  try {
    const tree = parser.parse(text, null, { progressCallback: () => performance.now() > end });
    if (!tree) parser.reset();
    return tree ?? undefined;
  } catch {
    // What a trap left behind in the parser is not used again.
    parsers.delete(grammar);
    return undefined;
  }
}

function parserOf(grammar: string): Promise<Parser> {
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  return loading;
}

async function load(grammar: string): Promise<Parser> {
  await (started ??= Parser.init());
  const language = await Language.load(join(GRAMMARS, `tree-sitter-${grammar}.wasm`));
  return new Parser().setLanguage(language);
}
