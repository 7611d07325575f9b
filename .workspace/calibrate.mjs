import { withProjectNode } from './bootstrap.mjs';

await withProjectNode('run-calibrate.ts');
