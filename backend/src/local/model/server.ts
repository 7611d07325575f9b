import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { constantTimeEqual } from '../../platform/crypto/tokens.js';
import type { Started } from '../support/child.js';
import { HOST, listen } from '../support/listen.js';
import { ApiError } from './api/api-error.js';
import { listing } from './api/catalogue.js';
import { sendJson } from './api/delivery.js';
import { readBody } from './api/read-body.js';
import { ChatEndpoint } from './chat-endpoint.js';
import { ControlEndpoint } from './control/control-endpoint.js';
import { Faults } from './control/faults.js';
import { Ledger } from './control/ledger.js';
import { Scripts } from './control/scripts.js';
import { loadRecordings } from './solver/recording.js';

/** What was left by its client is reported like this, as nginx does. */
const CLIENT_CLOSED = 499;

export interface ModelOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly apiKey: string;
}

/**
 * Starts the local stand-in for a language model: an OpenAI-compatible server on loopback.
 * @throws LocalServerError for a port in use
 */
export async function startModel({ port: wanted, apiKey }: ModelOptions): Promise<Started> {
  const model = new ModelServer(apiKey);
  const server = createServer((req, res) => void model.serve(req, res));
  const port = await listen(server, wanted, 'the local model');
  return { port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}

class ModelServer {
  private readonly faults = new Faults();
  private readonly ledger = new Ledger();
  private readonly scripts = new Scripts();
  private readonly chat = new ChatEndpoint(loadRecordings(), this.faults, this.scripts);
  private readonly control = new ControlEndpoint(this.faults, this.scripts, this.ledger);

  constructor(private readonly apiKey: string) {}

  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      await this.answer(req, res);
    } catch (error) {
      if (res.headersSent || res.destroyed) res.destroy();
      else fail(res, error);
    }
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = new URL(req.url ?? '/', `http://${HOST}`).pathname;
    const route = `${req.method ?? ''} ${path}`;
    onlyLocal(req);
    if (path.startsWith('/_model/')) {
      this.control.handle(route, (await readBody(req)).json, res);
      return;
    }
    this.authorize(req);
    switch (route) {
      case 'GET /v1/models': {
        sendJson(res, 200, listing());
        return;
      }
      case 'POST /v1/chat/completions':
        return this.complete(req, res, path);
      default:
        throw new ApiError(404, `Unknown request URL: ${route}.`, { code: 'unknown_url' });
    }
  }

  private async complete(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    const { json, size } = await readBody(req);
    const requestId = req.headers['x-request-id'];
    const entry = this.ledger.record(
      { at: new Date().toISOString(), path, requestId: requestId?.toString() ?? null, status: 0, body: json },
      size,
    );
    res.once('close', () => {
      entry.status = res.writableFinished ? res.statusCode : CLIENT_CLOSED;
    });
    await this.chat.handle(json, res);
  }

  private authorize({ headers }: IncomingMessage): void {
    const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (key && constantTimeEqual(key, this.apiKey)) return;
    const message = key ? 'Incorrect API key provided.' : "You didn't provide an API key.";
    throw new ApiError(401, message, { code: 'invalid_api_key' });
  }
}

/** A page in a browser on this machine is not a client of ours, under whatever name it reached us. */
function onlyLocal({ headers }: IncomingMessage): void {
  const host = headers.host?.replace(/:\d+$/, '');
  if (headers.origin !== undefined || (host !== HOST && host !== 'localhost')) {
    throw new ApiError(403, 'This server answers local programs only.');
  }
}

function fail(res: ServerResponse, error: unknown): void {
  if (error instanceof ApiError) {
    sendJson(res, error.status, error.body, error.headers);
    return;
  }
  process.stderr.write(`model: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  sendJson(res, 500, new ApiError(500, 'The server had an error.', { type: 'server_error' }).body);
}
