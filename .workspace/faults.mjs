import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-faults.ts');
