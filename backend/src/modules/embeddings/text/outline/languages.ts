import { extensionOf } from '../skip-policy.js';

/** A grammar of tree-sitter, and what in its trees is a definition. */
export interface Language {
  /** As the file of the grammar is called. */
  readonly grammar: string;
  readonly definitions: ReadonlySet<string>;
  /** How deep definitions inside of definitions are looked for. */
  readonly depth: number;
  /** The grammar knows a part of the language only: what it could not read is not believed. */
  readonly partial: boolean;
}

const MOST_DEPTH = 6;
const language = (grammar: string, definitions: string, depth = MOST_DEPTH): Language => ({
  ...{ grammar, depth, definitions: new Set(definitions.split(' ')), partial: false },
});

const SCRIPT =
  'function_declaration generator_function_declaration class_declaration abstract_class_declaration interface_declaration ' +
  'type_alias_declaration enum_declaration internal_module module method_definition function_signature abstract_method_signature';
const C = 'function_definition type_definition preproc_function_def';
const SQL =
  'create_table create_view create_materialized_view create_index create_function create_trigger create_type ' +
  'create_sequence create_schema create_extension create_role';
const STYLES = 'rule_set media_statement keyframes_statement';

const LANGUAGES: readonly (readonly [extensions: string, language: Language])[] = [
  ['ts mts cts', language('typescript', SCRIPT)],
  ['tsx jsx', language('tsx', SCRIPT)],
  ['js mjs cjs', language('javascript', SCRIPT)],
  ['html htm vue svelte', language('html', 'element script_element style_element', 3)],
  ['py pyi', language('python', 'function_definition class_definition')],
  ['go', language('go', 'function_declaration method_declaration type_spec')],
  [
    'rs',
    language(
      'rust',
      'function_item struct_item enum_item union_item trait_item impl_item mod_item const_item static_item type_item ' +
        'macro_definition function_signature_item',
    ),
  ],
  [
    'java',
    language(
      'java',
      'class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration ' +
        'method_declaration constructor_declaration',
    ),
  ],
  [
    'kt kts',
    language(
      'kotlin',
      'class_declaration object_declaration function_declaration companion_object secondary_constructor',
    ),
  ],
  ['c', language('c', C)],
  ['h cc cpp cxx hpp hh', language('cpp', `${C} class_specifier struct_specifier enum_specifier namespace_definition`)],
  [
    'cs',
    language(
      'c_sharp',
      'class_declaration interface_declaration struct_declaration enum_declaration record_declaration ' +
        'namespace_declaration method_declaration constructor_declaration property_declaration delegate_declaration',
    ),
  ],
  ['rb rake', language('ruby', 'class module method singleton_method')],
  [
    'php',
    language(
      'php',
      'class_declaration interface_declaration trait_declaration enum_declaration function_definition method_declaration',
    ),
  ],
  [
    'scala sc',
    language(
      'scala',
      'class_definition object_definition trait_definition function_definition enum_definition type_definition',
    ),
  ],
  [
    'swift',
    language(
      'swift',
      'class_declaration protocol_declaration function_declaration init_declaration typealias_declaration',
    ),
  ],
  ['css', language('css', STYLES, 2)],
  ['scss', language('scss', `${STYLES} mixin_statement function_statement`, 3)],
  ['sh bash', language('bash', 'function_definition')],
  ['sql', { ...language('sql', SQL, 1), partial: true }],
  ['md markdown', language('markdown', 'section')],
  ['yml yaml', language('yaml', 'block_mapping_pair', 2)],
  ['json', language('json', 'pair', 2)],
];
const BY_EXTENSION = new Map(
  LANGUAGES.flatMap(([extensions, found]) => extensions.split(' ').map((extension) => [extension, found] as const)),
);

/** By the file's name; undefined where there is no grammar. */
export function languageOfFile(name: string): Language | undefined {
  return BY_EXTENSION.get(extensionOf(name));
}

/** What the scripts of a component are written in; it reads JavaScript as well. */
export const COMPONENT_SCRIPT = language('typescript', SCRIPT);
export const isComponent = (name: string): boolean => /\.(vue|svelte)$/i.test(name);
