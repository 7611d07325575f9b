import { runChild } from '../support/child.js';
import { readOptions } from './options.js';
import { startForge } from './server.js';

await runChild('forge', () => startForge(readOptions(process.env)));
