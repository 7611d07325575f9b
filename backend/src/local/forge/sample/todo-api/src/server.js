import { createServer } from 'node:http';
import { createApp } from './app.js';
import { readConfig } from './config.js';
import { readBody } from './http/body.js';
import { toResponse } from './http/errors.js';
import { createThrottle } from './http/throttle.js';
import { createLog } from './log.js';
import { openStore } from './todos/store.js';

const config = readConfig(process.env);
const log = createLog(process.stdout);
const app = createApp({
  store: await openStore(config.dataFile),
  throttle: createThrottle({ perMinute: config.perMinute }),
  pageSize: config.pageSize,
});

const server = createServer(async (request, response) => {
  const started = performance.now();
  const answer = await respond(request);
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  log('request', {
    method: request.method,
    url: request.url,
    status: answer.status,
    ms: Math.round(performance.now() - started),
  });
});

async function respond(request) {
  try {
    const body = await readBody(request);
    return await app.handle({ method: request.method, url: request.url, client: request.socket.remoteAddress, body });
  } catch (error) {
    return toResponse(error);
  }
}

server.listen(config.port, '127.0.0.1', () => log('listening', { port: config.port }));
