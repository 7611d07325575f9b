import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { reservePort } from '../support/ports.js';

/** What a collector is sent. */
export interface Received {
  readonly seq: number;
  readonly action: string;
}

/** A collector that can die in the middle and come back on the same port; it keeps what it has read. */
export abstract class TestCollector {
  readonly received: Received[] = [];
  port = 0;

  /** Begins to listen; again on the same port, which nobody has taken meanwhile. */
  abstract listen(): Promise<void>;
  /** Resets every connection and listens no more. */
  abstract die(): Promise<void>;

  /** Numbers in the order in which they came first. */
  get firsts(): number[] {
    return [...new Set(this.received.map(({ seq }) => seq))];
  }
}

/** Reads RFC 6587's octet counting. */
export class SyslogListener extends TestCollector {
  readonly heads: string[] = [];
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  async listen(): Promise<void> {
    this.port ||= await reservePort();
    this.server = createServer((socket) => this.read(socket)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async die(): Promise<void> {
    for (const socket of this.sockets) socket.resetAndDestroy();
    this.server?.close();
    await new Promise((resolve) => setImmediate(resolve));
  }

  private read(socket: Socket): void {
    this.sockets.add(socket);
    let rest = Buffer.alloc(0);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    socket.on('data', (part: Buffer) => {
      rest = Buffer.concat([rest, part]);
      for (;;) {
        const space = rest.indexOf(' ');
        const length = Number(rest.subarray(0, Math.max(0, space)).toString());
        if (space < 1 || rest.length < space + 1 + length) return;
        this.keep(rest.subarray(space + 1, space + 1 + length).toString());
        rest = rest.subarray(space + 1 + length);
      }
    });
  }

  private keep(message: string): void {
    const at = message.indexOf('{');
    this.heads.push(message.slice(0, at));
    this.received.push(JSON.parse(message.slice(at)) as Received);
  }
}

/** Takes NDJSON by POST. */
export class HttpListener extends TestCollector {
  readonly authorizations = new Set<string | undefined>();
  status = 204;
  private server: HttpServer | undefined;

  async listen(): Promise<void> {
    const server = createHttpServer((req, res) => {
      let text = '';
      this.authorizations.add(req.headers.authorization);
      req.setEncoding('utf8').on('data', (part: string) => (text += part));
      req.on('error', () => undefined);
      req.on('end', () => {
        if (this.status < 300)
          for (const line of text.trim().split('\n')) this.received.push(JSON.parse(line) as Received);
        res.writeHead(this.status).end();
      });
    });
    this.port ||= await reservePort();
    this.server = server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
  }

  async die(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
