import 'reflect-metadata';
import { loadConfig } from './platform/config/config.js';
import { endOnSignal } from './platform/process/end-on-signal.js';
import { runProcess } from './platform/process/run-process.js';
import { startWorker } from './start-worker.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await startWorker(config);
  endOnSignal(config.SHUTDOWN_SECONDS, () => app.close());
  return {};
});
