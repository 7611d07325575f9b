import { fileURLToPath } from 'node:url';
import { defineConfig } from 'eslint/config';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** Which module may know which, through its index only (docs/architecture.md). */
const MODULES = {
  audit: [],
  auth: ['audit'],
  github: ['auth', 'audit'],
  embeddings: ['audit', 'auth', 'github'],
  sessions: ['auth', 'github', 'embeddings', 'audit'],
  issues: ['auth', 'github', 'sessions', 'embeddings', 'audit'],
  solver: ['auth', 'github', 'sessions', 'issues', 'embeddings', 'audit'],
  evaluations: ['auth', 'github', 'sessions', 'embeddings', 'audit'],
};

const module = (name) => ({ element: { type: 'module', captured: { name } } });
const indexOf = (name) => ({ element: { type: 'module', captured: { name }, fileInternalPath: 'index.ts' } });
const ofType = (type) => ({ element: { type } });

const policies = [
  { from: ofType('platform'), allow: { to: ofType('platform') } },
  ...Object.entries(MODULES).map(([name, known]) => ({
    from: module(name),
    allow: { to: [ofType('platform'), module(name), ...known.map(indexOf)] },
  })),
  { from: ofType('local'), allow: { to: [ofType('local'), ofType('platform')] } },
  { from: ofType('application'), allow: { to: [ofType('application'), ofType('platform'), indexOf('*')] } },
];

const sql = {
  regex: '^(typeorm|@nestjs/typeorm|pg)$',
  message: 'A controller delegates to a service; SQL is for repositories.',
};
const unmetered = {
  regex: '/llm-client\\.js$',
  message: 'Calls of the language model are paid for: use MeteredModel.',
};
const repository = { regex: '\\.repository\\.js$', message: 'A controller delegates to a service.' };

export default defineConfig(
  { ignores: ['**/*.mjs', '**/*.cjs', 'src/local/forge/sample/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A class that only carries a decorator is Nest's way of declaring a module.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest and TypeORM take plain objects where their types name a class that only has fields, and so do our DTOs.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // What was caught is thrown on as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // Rows and the methods of libraries that a class overrides are typed by who asks.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      complexity: ['error', 15],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { [fileURLToPath(new URL('lint/resolver.cjs', import.meta.url))]: {} },
      'boundaries/root-path': import.meta.dirname,
      'boundaries/elements': [
        { type: 'platform', pattern: 'src/platform' },
        { type: 'module', pattern: 'src/modules/*', capture: ['name'] },
        { type: 'local', pattern: 'src/local' },
        { type: 'application', pattern: 'src' },
      ],
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies }],
      'boundaries/no-unknown-files': 'error',
    },
  },
  // A stand-in's test may look at what the product asks of it; the stand-in itself may not.
  { files: ['src/local/**/*.spec.ts'], rules: { 'boundaries/dependencies': 'off' } },
  // What OpenAI calls deprecated is what every compatible endpoint knows.
  {
    files: ['src/platform/llm/wire.ts', 'test/local/model.spec.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  // Calls of the language model are paid for: only what meters them may make them.
  {
    files: ['src/modules/**/*.ts'],
    ignores: ['src/modules/auth/budgets/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [unmetered] }] },
  },
  { files: ['src/**/*.controller.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [sql, repository] }] } },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'bench/**/*.ts', 'faults/**/*.ts', 'calibration/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
