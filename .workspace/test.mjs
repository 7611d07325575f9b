import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-test.ts');
