import { bubblewrap } from '../../src/modules/solver/sandbox/bubblewrap.adapter.js';
import { ProcessSandbox } from '../../src/modules/solver/sandbox/process-sandbox.js';
import { unshare } from '../../src/modules/solver/sandbox/unshare.adapter.js';

/** A worker that does nothing but run COMMAND in TREE, confined by ADAPTER; it says so right before it begins. */
const { ADAPTER, TREE = '', COMMAND = '' } = process.env;
const adapter = ADAPTER === 'unshare' ? unshare : bubblewrap;
const limits = { memoryMb: 512, diskMb: 32, processes: 64 };
const sandbox = await ProcessSandbox.over(TREE, { adapter, limits, node: process.execPath });
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
await sandbox.run(COMMAND, { seconds: 60, signal: new AbortController().signal, onOutput: () => undefined });
