export { type Api, startApi, startWorker, type TestApi, type TestApp } from './api.js';
export { TestProcess } from './child-process.js';
export {
  type Account,
  anonymous,
  ApiClient,
  bearing,
  type Reply,
  signIn,
  type StreamEvent,
  type StreamOptions,
} from './client.js';
export { emptyDatabase, type Server } from './database.js';
export { endLeases } from './lease-end.js';
export { migrate } from './migrated.js';
export { inTags, OBEYED, ObeyingModel, ORDER, turned } from './obeying-model.js';
export { spawnApi, spawnWorker } from './processes.js';
export { HAS_REAL_SERVERS, itOnRealServers, onRealServers } from './real-servers.js';
export {
  CLIENT_ID,
  CLIENT_SECRET,
  MODEL_KEY,
  type Stack,
  type StackOptions,
  startStack,
  WEBHOOK_SECRET,
} from './stack.js';
export { waitFor } from './wait-for.js';
