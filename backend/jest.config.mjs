/**
 * Needs Node's --experimental-vm-modules (`node .workspace/jest.mjs` gives it): Nest is ESM only, and with that flag
 * Jest can load it from specs that swc has turned into CommonJS.
 */
export default {
  displayName: 'backend',
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/local/forge/sample/'],
  modulePathIgnorePatterns: ['<rootDir>/src/local/forge/sample'],
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // A stack of servers starts before the first test of a file, on a busy machine slowly; nothing here measures time.
  testTimeout: 180_000,
  maxWorkers: 3,
  workerIdleMemoryLimit: '1500MB',
};
