import { keepPausesShort } from './platform/process/short-pauses.js';
import { nameSourcesInStackTraces } from './platform/process/stack-traces.js';

keepPausesShort();
nameSourcesInStackTraces();
await import('./run-api.js');
