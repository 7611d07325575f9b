import { parentPort, workerData } from 'node:worker_threads';
import { bare, type Source, transformers, type Way } from './embedding-ways.js';
import type { Reference } from './references.js';

const sources = workerData as readonly Source[];
const piped = await transformers();
const ways: Readonly<Record<Reference, Way>> = {
  bare: await bare(sources),
  'in batches of 32': piped(32),
  'one by one': piped(1),
};
parentPort?.on('message', ({ name, some }: { name: Reference; some: number }) => {
  void ways[name](sources.slice(0, some)).then(() => parentPort?.postMessage('done'));
});
parentPort?.postMessage('ready');
