import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

type Answer = (call: string, answered: Answered) => Answered;

/** What a connection says about its end is for the connection it came over. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding'];

/**
 * GitHub Enterprise Server, as far as addresses go: the forge's API below `/api/v3`. A test may change its answers, as a
 * server would that has turned against those who ask it.
 */
export class GithubProxy {
  /** `METHOD /path` of what came in, as the product asked for it. */
  readonly calls: string[] = [];
  private answer: Answer = (_call, answered) => answered;
  private diverted: { readonly match: RegExp; readonly status: number; readonly to: string } | undefined;

  private constructor(
    private readonly server: Server,
    private readonly forgeUrl: string,
  ) {}

  static async before(forgeUrl: string): Promise<GithubProxy> {
    const server = createServer((req, res) => void proxy.pass(req, res).catch(() => res.destroy()));
    const proxy = new GithubProxy(server, forgeUrl);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The variables of a deployment that talks to it. */
  get env(): Record<string, string> {
    return { GITHUB_URL: this.url, GITHUB_API_URL: `${this.url}/api/v3` };
  }

  /** From now on answers are what `answer` makes of them. */
  changes(answer: Answer): void {
    this.answer = answer;
  }

  /** From now on calls that match are not passed on but redirected; `to` is a whole address, or an origin. */
  diverts(match: RegExp, status: number, to: string): void {
    this.diverted = { match, status, to };
  }

  behaves(): void {
    this.diverted = undefined;
    this.answer = (_call, answered) => answered;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const path = req.url ?? '/';
    const call = `${req.method} ${path}`;
    this.calls.push(call);
    if (this.diverted?.match.test(call)) {
      const { status, to } = this.diverted;
      res.writeHead(status, { location: /^http:\/\/127\.0\.0\.1:\d+$/.test(to) ? to + path : to }).end();
      return;
    }
    const headers = Object.entries(req.headers).filter(([name]) => !['host', ...HOP_BY_HOP].includes(name));
    const answer = await fetch(`${this.forgeUrl}${path.replace(/^\/api\/v3\//, '/api/')}`, {
      method: req.method ?? 'GET',
      headers: Object.fromEntries(headers) as Record<string, string>,
      redirect: 'manual',
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const kept = [...answer.headers].filter(([name]) => !HOP_BY_HOP.includes(name));
    const body = Buffer.from(await answer.arrayBuffer());
    const changed = this.answer(call, { status: answer.status, headers: Object.fromEntries(kept), body });
    const setCookie = answer.headers.getSetCookie();
    res.writeHead(changed.status, { ...changed.headers, ...(setCookie.length > 0 ? { 'set-cookie': setCookie } : {}) });
    res.end(changed.body);
  }
}

/** A server that nobody should ever talk to. */
export class Listener {
  connections = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Listener> {
    const server = createServer((_req, res) => res.end('{}'));
    const listener = new Listener(server);
    server.on('connection', () => listener.connections++);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}
