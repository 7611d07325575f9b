import 'reflect-metadata';
import { loadConfig } from './platform/config/config.js';
import { runProcess } from './platform/process/run-process.js';
import { startWorker } from './start-worker.js';

await runProcess(async () => {
  const app = await startWorker(loadConfig(process.env));
  app.enableShutdownHooks();
  return {};
});
