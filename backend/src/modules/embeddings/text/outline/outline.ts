import type { Outline } from './definition.js';
import { grammarOf, outlineByExpressions } from './expressions.js';
import { outlineByTree } from './tree-outline.js';

/** What a file is made of: by its syntax tree, or by how its lines look where there is no grammar or no tree. */
export async function outlineOf(name: string, text: string, lines: readonly string[]): Promise<Outline> {
  const grammar = grammarOf(name);
  const { leading, prose } = grammar;
  const definitions = (await outlineByTree(name, text)) ?? outlineByExpressions(lines, grammar);
  return { definitions, leading, prose };
}
