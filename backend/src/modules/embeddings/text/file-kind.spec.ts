import { isExample, isTest } from './file-kind.js';

describe('what a path says of a file', () => {
  it.each([
    'src/cart.spec.ts',
    'tests/cart.py',
    'src/test/java/CartBuilder.java',
    'src/CartTest.java',
    'Sources/CartTests.swift',
    'Shop.Tests/Cart.cs',
    'packages/dts-test/cart.ts',
    'pkg/cart_test.go',
    'conftest.py',
  ])('%s is a test', (path) => {
    expect(isTest(path)).toBe(true);
  });

  it.each(['src/latest.java', 'src/Contest.java', 'src/contest/cart.ts', 'src/testimonials.ts', 'src/Test.java'])(
    '%s is none',
    (path) => {
      expect(isTest(path)).toBe(false);
    },
  );

  it.each([
    'examples/cart.ts',
    'apps/cart-playground/main.ts',
    'docs/conf.py',
    'website/index.tsx',
    'benchmarks/cart.rs',
  ])('%s shows how others are used', (path) => {
    expect(isExample(path)).toBe(true);
  });

  it.each(['src/docstrings.py', 'src/demographics/cart.ts', 'src/sampler.go'])('%s does not', (path) => {
    expect(isExample(path)).toBe(false);
  });
});
