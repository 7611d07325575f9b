import 'reflect-metadata';
import { loadConfig } from './platform/config/config.js';
import { API_PREFIX } from './platform/http/configure-app.js';
import { drain } from './platform/http/draining.js';
import { endOnSignal } from './platform/process/end-on-signal.js';
import { runProcess } from './platform/process/run-process.js';
import { startApi } from './start-api.js';

await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await startApi(config);
  endOnSignal(config.SHUTDOWN_SECONDS, async () => {
    await drain(app);
    await app.close();
  });
  return { url: `http://${config.HOST}:${config.PORT}/${API_PREFIX}` };
});
