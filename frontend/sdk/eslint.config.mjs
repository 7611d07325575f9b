import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// src/generated is a build product: what matters there is that it compiles, which the build shows.
export default defineConfig(
  { ignores: ['**/*.mjs', '**/generated/**'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.strict] },
);
