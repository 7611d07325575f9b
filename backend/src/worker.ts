import { nameSourcesInStackTraces } from './platform/process/stack-traces.js';

nameSourcesInStackTraces();
await import('./run-worker.js');
