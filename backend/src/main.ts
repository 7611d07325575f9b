import 'reflect-metadata';
import { loadConfig } from './platform/config/config.js';
import { API_PREFIX } from './platform/http/configure-app.js';
import { boundShutdown } from './platform/process/bounded-shutdown.js';
import { runProcess } from './platform/process/run-process.js';
import { startApi } from './start-api.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await startApi(config);
  app.enableShutdownHooks();
  boundShutdown(config.SHUTDOWN_SECONDS);
  return { url: `http://${config.HOST}:${config.PORT}/${API_PREFIX}` };
});
