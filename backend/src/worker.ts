import 'reflect-metadata';
import { loadConfig } from './platform/config/config.js';
import { boundShutdown } from './platform/process/bounded-shutdown.js';
import { runProcess } from './platform/process/run-process.js';
import { startWorker } from './start-worker.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await startWorker(config);
  app.enableShutdownHooks();
  boundShutdown(config.SHUTDOWN_SECONDS);
  return {};
});
