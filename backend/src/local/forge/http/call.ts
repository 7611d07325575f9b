import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

/** A request on its way through the forge. */
export class Call {
  readonly method: string;
  /** As it came, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** GitHub's own id of the request, in `X-GitHub-Request-Id`. */
  readonly id = randomBytes(10).toString('hex').toUpperCase();
  /** Who it was, once that is known; for the ledger. */
  login: string | undefined;

  /** @throws Refusal 400 */
  constructor(readonly req: IncomingMessage) {
    this.method = req.method ?? 'GET';
    const target = req.url ?? '/';
    const url = target.startsWith('/') ? URL.parse(`http://forge${target}`) : null;
    if (!url) throw new Refusal(400, 'Bad Request');
    this.path = url.pathname;
    this.query = url.searchParams;
  }

  /** `METHOD /path` */
  get route(): string {
    return `${this.method} ${this.path}`;
  }

  header(name: string): string | undefined {
    const value = this.req.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }
}
