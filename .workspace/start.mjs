import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-start.ts');
