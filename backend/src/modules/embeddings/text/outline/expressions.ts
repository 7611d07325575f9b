import { basename } from 'node:path/posix';
import { extensionOf } from '../skip-policy.js';
import { type Definition, LONGEST_NAME } from './definition.js';

/** How the beginning of a definition looks in a family of languages. The last group that took part is the name. */
export interface Grammar {
  readonly definitions: readonly RegExp[];
  /** Lines right above a definition that belong to it: comments, decorators, attributes. */
  readonly leading: RegExp;
  /** Prose is divided at its headings. */
  readonly prose: boolean;
}

const NAME = String.raw`([\p{L}_$][\p{L}\p{N}_$]*)`;
const u = (source: string, flags = ''): RegExp => new RegExp(source, `u${flags}`);

const SLASH_LEADING = /^\s*(\/\/|\/\*|\*|@|#\[|\[\w|<\/?summary)/;
const HASH_LEADING = /^\s*(#|@)/;
const DASH_LEADING = /^\s*--/;

/** One of several words, as part of an expression. */
const oneOf = (...lines: readonly string[]): string => `(?:${lines.join(' ').split(' ').join('|')})`;

const NO_METHOD = `(?!${oneOf(
  'if for while switch catch return function else do with await new throw super using lock when match foreach elif',
  'sizeof typeof',
)}\\b)`;
const MODIFIERS = `(?:${oneOf(
  'export default declare public private protected internal static abstract final async override readonly sealed',
  'partial virtual open inline suspend data case implicit lazy native synchronized unsafe extern external fileprivate',
  'mutating get set',
)}\\s+)*`;
const CURLY_KINDS = oneOf(
  'class interface enum record object struct protocol extension trait mixin namespace annotation @interface fun func',
  'function def message service input union type resource module variable data output',
);
const RUST_BEFORE = String.raw`(?:pub(?:\([^)]*\))?\s+)?(?:default\s+|const\s+|async\s+|unsafe\s+|extern\s+(?:"[^"]*"\s+)?)*`;
const RUST_KINDS = oneOf('fn struct enum trait mod type union static macro_rules!');
const SQL_BEFORE = String.raw`(?:or\s+replace\s+)?(?:unique\s+|materialized\s+|temp(?:orary)?\s+|unlogged\s+|foreign\s+)*`;
const SQL_KINDS = oneOf('table function view index trigger procedure type policy domain aggregate operator');
const SQL_OPTIONS = String.raw`(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?`;

const SCRIPT: Grammar = {
  definitions: [
    u(String.raw`^(\s*)${MODIFIERS}(?:function\*?|class|interface|enum|namespace|module|type)\s+${NAME}`),
    u(String.raw`^()(?:export\s+)?(?:default\s+)?(?:const|let|var)\s+${NAME}\s*[:=]`),
    u(String.raw`^(\s{0,4}|\t)(?:describe|it|test|suite|context)(?:\.\w+)*\(\s*['"\x60]([^'"\x60]{1,120})`),
    u(
      String.raw`^(\s{1,4}|\t)${MODIFIERS}\*?${NO_METHOD}(#?[\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^>]*>)?\([^;]*(?:\{|,|\()\s*$`,
    ),
    u(String.raw`^()(?:module\.)?exports\.${NAME}\s*=`),
  ],
  leading: SLASH_LEADING,
  prose: false,
};

const CURLY: Grammar = {
  definitions: [
    u(String.raw`^(\s*)${MODIFIERS}${CURLY_KINDS}\s+(?:"[^"]*"\s+)?"?${NAME}`),
    u(
      String.raw`^(\s{1,8}|\t{1,2})${MODIFIERS}(?:[\w<>\[\],.?@]+\s+)+${NO_METHOD}${NAME}\s*\([^;=]*(?:\{|,|\(|\)|throws [\w, ]+)\s*$`,
    ),
  ],
  leading: SLASH_LEADING,
  prose: false,
};

const C: Grammar = {
  definitions: [
    u(
      String.raw`^(\s*)(?:typedef\s+)?(?:template\s*<[^>]*>\s*)?(?:struct|class|enum(?:\s+class)?|union|namespace)\s+${NAME}`,
    ),
    u(String.raw`^()(?:[\w*&<>,:]+\s+)+[*&]*${NO_METHOD}([\w:~]+)\s*\([^;]*$`),
    u(String.raw`^()#\s*define\s+${NAME}`),
  ],
  leading: SLASH_LEADING,
  prose: false,
};

const GO: Grammar = {
  definitions: [u(String.raw`^()func\s+(?:\([^)]*\)\s*)?${NAME}`), u(String.raw`^()(?:type|var|const)\s+${NAME}`)],
  leading: SLASH_LEADING,
  prose: false,
};

const RUST: Grammar = {
  definitions: [
    u(String.raw`^(\s*)${RUST_BEFORE}${RUST_KINDS}\s+${NAME}`),
    u(String.raw`^(\s*)(?:unsafe\s+)?impl(?:<[^>]*>)?\s+(?:[\w:<>, ]+\s+for\s+)?${NAME}`),
  ],
  leading: SLASH_LEADING,
  prose: false,
};

const PYTHON: Grammar = {
  definitions: [
    u(String.raw`^(\s*)(?:async\s+)?(?:def|class)\s+${NAME}`),
    u(String.raw`^()${NAME}\s*(?::[^=]+)?=\s*\S`),
  ],
  leading: HASH_LEADING,
  prose: false,
};

const RUBY: Grammar = {
  definitions: [
    u(
      String.raw`^(\s*)(?:def|defp|defmodule|defmacro|class|module|describe|context)\s+([\p{L}_"'][\p{L}\p{N}_.:?!"' ]*)`,
    ),
  ],
  leading: HASH_LEADING,
  prose: false,
};

const SHELL: Grammar = {
  definitions: [u(String.raw`^(\s*)(?:local\s+)?function\s+([\w.:-]+)`), u(String.raw`^()([\w-]+)\s*\(\)\s*\{?\s*$`)],
  leading: HASH_LEADING,
  prose: false,
};

const SQL: Grammar = {
  definitions: [u(String.raw`^(\s*)create\s+${SQL_BEFORE}${SQL_KINDS}\s+${SQL_OPTIONS}([\w."\x60\[\]]+)`, 'i')],
  leading: DASH_LEADING,
  prose: false,
};

const SETTINGS: Grammar = {
  definitions: [u(String.raw`^()\[{1,2}([^\]]{1,100})\]`), u(String.raw`^()([\w./"'-]{1,100})\s*:(?:\s|$)`)],
  leading: HASH_LEADING,
  prose: false,
};

const STYLES: Grammar = {
  definitions: [u(String.raw`^(\s*)([.#&@:\w][^{};]{0,120}?)\s*\{`)],
  leading: SLASH_LEADING,
  prose: false,
};

const PROSE: Grammar = {
  definitions: [u(String.raw`^()(#{1,6}|={1,6})\s+(.{1,120})`)],
  leading: /^(?!)/,
  prose: true,
};

const PLAIN: Grammar = { definitions: [], leading: /^(?!)/, prose: false };

const BY_EXTENSION: readonly (readonly [extensions: string, grammar: Grammar])[] = [
  ['ts tsx mts cts js jsx mjs cjs vue svelte', SCRIPT],
  ['java kt kts cs scala swift dart php groovy proto graphql gql tf hcl', CURLY],
  ['c h cc cpp cxx hpp hh m mm', C],
  ['go', GO],
  ['rs', RUST],
  ['py pyi jl', PYTHON],
  ['rb rake ex exs cr', RUBY],
  ['sh bash zsh lua', SHELL],
  ['sql', SQL],
  ['yaml yml toml ini cfg conf', SETTINGS],
  ['css scss less', STYLES],
  ['md mdx adoc rst txt', PROSE],
];
const GRAMMARS = new Map(
  BY_EXTENSION.flatMap(([extensions, grammar]) =>
    extensions.split(' ').map((extension) => [extension, grammar] as const),
  ),
);
const BY_NAME = new Map([
  ['gemfile', RUBY],
  ['rakefile', RUBY],
  ['readme', PROSE],
  ['license', PROSE],
]);

/** By the file's name; what nobody knows is divided by lines alone. */
export function grammarOf(name: string): Grammar {
  return GRAMMARS.get(extensionOf(name)) ?? BY_NAME.get(basename(name).toLowerCase()) ?? PLAIN;
}

interface Start {
  /** How far it is indented; for headings, their level. */
  readonly depth: number;
  readonly name: string;
  readonly line: number;
}

/** A line is looked at only so far: no pattern gets a hostile text to chew on. */
const LOOKED_AT = 240;

/**
 * What lines look like the beginning of a definition. Nothing tells where one ends: it reaches to the next that is
 * indented no further.
 */
export function outlineByExpressions(lines: readonly string[], grammar: Grammar): Definition[] {
  const starts = lines.flatMap((line, at) => startOn(line, at, grammar) ?? []);
  return nest(starts, lines.length - 1, grammar.leading, lines);
}

function nest(starts: readonly Start[], last: number, leading: RegExp, lines: readonly string[]): Definition[] {
  const found: Definition[] = [];
  for (let at = 0; at < starts.length;) {
    const start = starts[at] as Start;
    const after = starts.findIndex(({ depth }, index) => index > at && depth <= start.depth);
    const inside = starts.slice(at + 1, after < 0 ? undefined : after);
    const next = starts[after];
    const end = next ? withLeading(lines, next.line, start.line + 1, leading) - 1 : last;
    found.push({ name: start.name, first: start.line, last: end, children: nest(inside, end, leading, lines) });
    at += inside.length + 1;
  }
  return found;
}

/** The first of the comment and decorator lines that stand right above a line, not before `from`. */
export function withLeading(lines: readonly string[], line: number, from: number, leading: RegExp): number {
  let first = line;
  while (first > from && leading.test((lines[first - 1] ?? '').slice(0, 40))) first--;
  return first;
}

/** What begins on this line, if anything. */
function startOn(line: string, at: number, { definitions, prose }: Grammar): Start | undefined {
  const start = line.slice(0, LOOKED_AT);
  for (const pattern of definitions) {
    const match = pattern.exec(start);
    const name = match?.at(-1)?.trim().slice(0, LONGEST_NAME);
    if (!match || !name) continue;
    return { depth: prose ? (match[2] ?? '').length : width(match[1] ?? ''), name, line: at };
  }
  return undefined;
}

const width = (indent: string): number => indent.replaceAll('\t', '    ').length;
