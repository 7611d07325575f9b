import type { Node } from 'web-tree-sitter';
import { LONGEST_NAME } from './definition.js';
import type { Language } from './languages.js';

const LOOKED_AT = 400;
const IDENTIFIER = /identifier$|^constant$|^name$/;
const FUNCTION = /^(arrow_function|function_expression|function|generator_function)$/;
const SCRIPTS = new Set(['typescript', 'tsx', 'javascript']);
const GROUPS = /^describe|^it$|^test|^suite|^context/;

/** The name of what a node defines, if it defines something; `nested` inside of another definition. */
export function nameOf(node: Node, { grammar, definitions }: Language, nested: boolean): string | undefined {
  const found = definitions.has(node.type) ? nameOfDefinition(node, grammar) : nameOfStatement(node, grammar, nested);
  const name = found?.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
  return name === '' ? undefined : name;
}

function nameOfDefinition(node: Node, grammar: string): string | undefined {
  switch (grammar) {
    case 'markdown':
      return heading(node);
    case 'html':
      return element(node);
    case 'yaml':
    case 'json':
      return textOf(node.childForFieldName('key'))?.replace(/["']/g, '');
    case 'css':
    case 'scss':
      return head(node).split('{')[0];
    case 'sql':
      return created(node);
    case 'go':
      return method(node) ?? declared(node);
    default:
      return node.type === 'impl_item' ? textOf(node.childForFieldName('type'))?.replace(/<.*$/s, '') : declared(node);
  }
}

const textOf = (node: Node | null | undefined): string | undefined => node?.text;
const head = (node: Node): string => node.text.slice(0, LOOKED_AT);

/** The name itself, at the end of C's declarators, or the first identifier where the grammar has no field for it. */
function declared(node: Node): string | undefined {
  const name = node.childForFieldName('name');
  if (name) return name.text;
  let declarator = node.childForFieldName('declarator');
  for (let inner = declarator; inner; inner = inner.childForFieldName('declarator')) declarator = inner;
  if (declarator) return declarator.text.split('(')[0];
  return node.namedChildren.find((child) => IDENTIFIER.test(child.type))?.text;
}

/** Go's methods stand beside their type: `Store.Save`. */
function method(node: Node): string | undefined {
  const receiver = textOf(node.childForFieldName('receiver'));
  const type = receiver && /(\w+)\s*(?:\[[^\]]*\])?\s*\)$/.exec(receiver)?.[1];
  return type ? `${type}.${node.childForFieldName('name')?.text ?? ''}` : undefined;
}

/** An index without a name has that of its table. */
function created(node: Node): string | undefined {
  const named = node.namedChildren.find(({ type }) => /^(object_reference|identifier)$/.test(type));
  return textOf(node.childForFieldName('column') ?? named)?.replace(/["`]/g, '');
}

function heading(node: Node): string | undefined {
  const line = node.namedChildren.find(({ type }) => type.endsWith('heading'));
  return textOf(line)
    ?.split('\n')[0]
    ?.replace(/^#+\s*|\s*#+$/g, '');
}

function element(node: Node): string | undefined {
  const [, tag, rest = ''] = /^<([\w-]+)([^>]*)/.exec(head(node)) ?? [];
  const id = /\bid=["']([^"']+)/.exec(rest)?.[1];
  return tag && (id ? `${tag}#${id}` : tag);
}

/** What is no declaration to the grammar, but one to people. */
function nameOfStatement(node: Node, grammar: string, nested: boolean): string | undefined {
  if (SCRIPTS.has(grammar)) return ofScript(node, nested);
  if (nested) return undefined;
  const { type } = node;
  if (grammar === 'python' && type === 'expression_statement') {
    const [assignment] = node.namedChildren;
    return assignment?.type === 'assignment' ? textOf(assignment.childForFieldName('left')) : undefined;
  }
  if (grammar === 'go' && /^(const|var)_declaration$/.test(type)) {
    return namesIn(node, 'name');
  }
  if (/^(property_declaration|val_definition)$/.test(type)) return /\b(?:val|var|let)\s+(\w+)/.exec(head(node))?.[1];
  if (/^(c|cpp)$/.test(grammar) && /^((struct|enum|union)_specifier|preproc_def|declaration)$/.test(type)) {
    return declared(node);
  }
  return undefined;
}

function ofScript(node: Node, nested: boolean): string | undefined {
  switch (node.type) {
    case 'lexical_declaration':
    case 'variable_declaration': {
      const value = node.namedChildren.find(({ type }) => type === 'variable_declarator')?.childForFieldName('value');
      return !nested || isFunction(value) ? namesIn(node, 'name') : undefined;
    }
    case 'pair':
    case 'public_field_definition':
    case 'field_definition': {
      const name = ['key', 'name', 'property'].map((field) => node.childForFieldName(field)).find((field) => field);
      return isFunction(node.childForFieldName('value')) ? textOf(name) : undefined;
    }
    case 'expression_statement':
      return ofExpression(node.namedChildren[0]);
    default:
      return undefined;
  }
}

const isFunction = (node: Node | null | undefined): boolean => node != null && FUNCTION.test(node.type);

/** A group of tests, or what is assigned: `exports.save = function …`. */
function ofExpression(node: Node | undefined): string | undefined {
  if (node?.type === 'assignment_expression') {
    const right = node.childForFieldName('right');
    if (!right || !/function|class|object/.test(right.type)) return undefined;
    return textOf(node.childForFieldName('left'))?.replace(/^(module\.)?exports\.|\.prototype(?=\.)/g, '');
  }
  if (node?.type !== 'call_expression' || !GROUPS.test(node.childForFieldName('function')?.text ?? ''))
    return undefined;
  const [title] = node.childForFieldName('arguments')?.namedChildren ?? [];
  return title?.type.includes('string') ? title.text.replace(/^['"`]|['"`]$/g, '') : undefined;
}

function namesIn(node: Node, field: string): string {
  return node.namedChildren.flatMap((child) => child.childForFieldName(field)?.text ?? []).join(' ');
}
