import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-bench-retrieval.ts');
