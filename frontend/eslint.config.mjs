import { readdirSync } from 'node:fs';
import { defineConfig } from 'eslint/config';
import ngrx from '@ngrx/eslint-plugin';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

const networkSentence = 'Only the generated SDK talks to the backend: call one of its functions.';

/** Which folders of src/app a folder may not import from: layers point downwards only. */
const below = (...folders) => ({
  patterns: [
    ...folders.map((folder) => ({ regex: `^(\\.\\./)+${folder}/`, message: `This layer must not know ${folder}/.` })),
    { regex: '^@angular/common/http$', message: networkSentence },
    { regex: '/sdk/', message: "Import from '@yudai/sdk'." },
  ],
});
/** Pages know each other by their addresses only; what two of them need lives below. */
const features = readdirSync(new URL('src/app/features', import.meta.url));
const alone = features.map((feature) => ({
  files: [`src/app/features/${feature}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...below('shell').patterns,
          ...features
            .filter((other) => other !== feature)
            .map((other) => ({ regex: `^(\\.\\./)+${other}/`, message: 'A page must not know another page.' })),
        ],
      },
    ],
  },
}));

const notTheSdk = {
  regex: '^@yudai/sdk$',
  message: 'Parts of ui/ are told everything by inputs; they know no server.',
};

const noNetwork = ['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'].map((name) => ({
  name,
  message: networkSentence,
}));

export default defineConfig(
  { ignores: ['**/*.mjs', 'sdk/**', 'public/**'] },
  {
    files: ['src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, angular.configs.tsRecommended, ngrx.configs.allTypeChecked],
    plugins: { '@nx': nx },
    processor: angular.processInlineTemplates,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'app', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'app', style: 'camelCase' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: [{ sourceTag: 'scope:frontend', onlyDependOnLibsWithTags: ['scope:frontend', 'scope:sdk'] }],
        },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A class that only carries a decorator is Angular's way of declaring a component.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Material takes its settings as literals of a class that only has fields.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Effects and methods return what RxJS infers; a written type would only repeat it.
      '@ngrx/prefer-effect-callback-in-block-statement': 'off',
      complexity: ['error', 15],
      'max-lines': ['error', { max: 400 }],
      'no-restricted-globals': ['error', ...noNetwork],
      'no-restricted-imports': ['error', below()],
    },
  },
  {
    files: ['src/app/ui/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...below('core', 'state', 'shell', 'features').patterns,
            notTheSdk,
            { regex: '^@ngrx/', message: 'Parts of ui/ hold no store.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/app/core/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', below('state', 'shell', 'features')], 'no-restricted-globals': 'off' },
  },
  { files: ['src/app/state/**/*.ts'], rules: { 'no-restricted-imports': ['error', below('shell', 'features')] } },
  ...alone,
  {
    files: ['src/**/*.spec.ts', 'src/testing/**/*.ts', 'src/test-setup.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@angular-eslint/component-selector': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
  {
    files: ['src/**/*.html', 'src/**/*.ts/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/no-inline-styles': ['error', { allowNgStyle: false, allowBindToStyle: true }],
    },
  },
  {
    files: ['e2e/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['describe', 'it', 'test'] }] },
      ],
      'max-lines': ['error', { max: 400 }],
    },
  },
);
