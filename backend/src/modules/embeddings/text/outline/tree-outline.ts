import type { Node, TreeCursor } from 'web-tree-sitter';
import { type Definition, LONGEST_NAME } from './definition.js';
import { parse } from './grammars.js';
import { COMPONENT_SCRIPT, isComponent, type Language, languageOfFile } from './languages.js';
import { nameOf } from './names.js';

/** What stands around a definition and belongs to it. */
const WRAPPERS = new Set([
  ...['export_statement', 'decorated_definition', 'template_declaration', 'ambient_declaration'],
  // Of SQL.
  'statement',
]);
/** Smaller ones are not looked into. */
const SMALL_LINES = 4;
const MOST_LEVELS = 200;

/** What a syntax tree knows. */
export interface TreeOutline {
  readonly definitions: readonly Definition[];
  /** False where the grammar met what it does not know, so that more may be defined. */
  readonly complete: boolean;
}

/** What a syntax tree says is defined in a file; undefined where there is no grammar or no tree. */
export async function outlineByTree(name: string, text: string): Promise<TreeOutline | undefined> {
  const language = languageOfFile(name);
  const tree = language && (await parse(language.grammar, text));
  if (!tree) return undefined;
  try {
    const found = definitionsIn(tree.walk(), language);
    return {
      definitions: isComponent(name) ? await withScripts(tree.rootNode, found) : found,
      complete: !language.partial || !tree.rootNode.hasError,
    };
  } finally {
    tree.delete();
  }
}

function definitionsIn(cursor: TreeCursor, language: Language): Definition[] {
  const found = visit({ cursor, language }, 0, 0);
  cursor.delete();
  return found;
}

interface Walk {
  readonly cursor: TreeCursor;
  readonly language: Language;
}

/** The definitions below the cursor's node, which it stands at again in the end. */
function visit(walk: Walk, depth: number, level: number): Definition[] {
  const { cursor } = walk;
  if (level === MOST_LEVELS || !cursor.gotoFirstChild()) return [];
  const found: Definition[] = [];
  do {
    if (cursor.nodeIsNamed) for (const definition of visitNode(walk, depth, level)) addApart(found, definition);
  } while (cursor.gotoNextSibling());
  cursor.gotoParent();
  return found;
}

/** The cursor's node itself, or what is defined in it. */
function visitNode(walk: Walk, depth: number, level: number): Definition[] {
  const { cursor, language } = walk;
  const [first, last] = linesAt(cursor);
  if (WRAPPERS.has(cursor.nodeType)) return widened(visit(walk, depth, level + 1), first, last);
  const node = cursor.currentNode;
  const name = language.partial && node.hasError ? undefined : nameOf(node, language, depth > 0);
  if (name === undefined) return last > first ? visit(walk, depth, level + 1) : [];
  const looked = depth + 1 < language.depth && last > first + SMALL_LINES;
  return [{ name, first, last, children: looked ? visit(walk, depth + 1, level + 1) : [] }];
}

/** A node that ends with a line break ends on the line before. */
function linesAt({ startPosition, endPosition }: TreeCursor): [first: number, last: number] {
  const endsBefore = endPosition.column === 0 && endPosition.row > startPosition.row;
  return [startPosition.row, endsBefore ? endPosition.row - 1 : endPosition.row];
}

/** The lines of a wrapper belong to what it wraps. */
function widened(found: Definition[], first: number, last: number): Definition[] {
  return found.map((definition, at) => ({
    ...definition,
    first: at === 0 ? Math.min(first, definition.first) : definition.first,
    last: at === found.length - 1 ? Math.max(last, definition.last) : definition.last,
  }));
}

/** What begins on a line where another ends is one with it. */
function addApart(found: Definition[], next: Definition): void {
  const before = found.at(-1);
  if (!before || next.first > before.last) found.push(next);
  else
    found[found.length - 1] = {
      ...before,
      last: Math.max(before.last, next.last),
      name: named(before.name, next.name),
    };
}

/** A file that was packed into one line defines thousands on it, and every part of the line is told what it belongs to. */
function named(before: string, next: string): string {
  const both = `${before} ${next}`;
  return both.length > LONGEST_NAME ? before : both;
}

/** To HTML's grammar a script is a text. */
async function withScripts(root: Node, found: readonly Definition[]): Promise<Definition[]> {
  const scripts = root.namedChildren.filter(({ type }) => type === 'script_element');
  const inside = new Map<number, Definition[]>();
  for (const script of scripts) {
    const raw = script.namedChildren.find(({ type }) => type === 'raw_text');
    const tree = raw && (await parse(COMPONENT_SCRIPT.grammar, raw.text));
    if (!tree) continue;
    const moved = definitionsIn(tree.walk(), COMPONENT_SCRIPT).map((each) => shifted(each, raw.startPosition.row));
    inside.set(script.startPosition.row, moved);
    tree.delete();
  }
  return found.map((definition) => ({ ...definition, children: inside.get(definition.first) ?? definition.children }));
}

function shifted({ name, first, last, children }: Definition, by: number): Definition {
  return { name, first: first + by, last: last + by, children: children.map((child) => shifted(child, by)) };
}
