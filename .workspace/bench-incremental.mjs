import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-bench-incremental.ts');
