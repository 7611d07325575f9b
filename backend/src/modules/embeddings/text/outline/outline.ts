import type { Definition, Outline } from './definition.js';
import { type Grammar, grammarOf, outlineByExpressions, withLeading } from './expressions.js';
import { outlineByTree } from './tree-outline.js';

/** What a file is made of: by its syntax tree, or by how its lines look where there is no grammar, no tree or a gap in it. */
export async function outlineOf(name: string, text: string, lines: readonly string[]): Promise<Outline> {
  const grammar = grammarOf(name);
  const { leading, prose } = grammar;
  return { definitions: await definitionsOf(name, text, lines, grammar), leading, prose };
}

async function definitionsOf(
  name: string,
  text: string,
  lines: readonly string[],
  grammar: Grammar,
): Promise<readonly Definition[]> {
  const tree = await outlineByTree(name, text);
  if (tree?.complete) return tree.definitions;
  const guessed = outlineByExpressions(lines, grammar);
  return tree ? withGuesses(tree.definitions, guessed, lines, grammar) : guessed;
}

/** What begins where the tree knows of nothing; it ends before the next that the tree knows. */
function withGuesses(
  known: readonly Definition[],
  guessed: readonly Definition[],
  lines: readonly string[],
  { leading }: Grammar,
): Definition[] {
  const unknown = guessed.filter(({ first }) => !known.some((each) => each.first <= first && first <= each.last));
  const shortened = unknown.map((guess) => {
    const next = known.find(({ first }) => first > guess.first);
    const end = next ? withLeading(lines, next.first, guess.first + 1, leading) - 1 : guess.last;
    return { ...guess, last: Math.min(guess.last, end), children: [] };
  });
  return [...known, ...shortened].sort((a, b) => a.first - b.first);
}
