import request, { type Response } from 'supertest';
import type { Api } from './api.js';

export interface Reply<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, a problem document included; `undefined` for none. */
  readonly body: T;
  readonly text: string;
}

export interface StreamEvent<T = unknown> {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: T;
}

export interface StreamOptions {
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
}

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';
type Headers = Readonly<Record<string, string>>;

/** Speaks to an api with some headers on every request; a browser that is signed in, a program with a token, or nobody. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly headers: Headers,
  ) {}

  get<T>(path: string, headers?: Headers): Promise<Reply<T>> {
    return this.send('get', path, undefined, headers);
  }

  post<T>(path: string, body?: string | object, headers?: Headers): Promise<Reply<T>> {
    return this.send('post', path, body, headers);
  }

  patch<T>(path: string, body?: string | object, headers?: Headers): Promise<Reply<T>> {
    return this.send('patch', path, body, headers);
  }

  put<T>(path: string, body?: string | object, headers?: Headers): Promise<Reply<T>> {
    return this.send('put', path, body, headers);
  }

  delete<T>(path: string, body?: string | object, headers?: Headers): Promise<Reply<T>> {
    return this.send('delete', path, body, headers);
  }

  /** The same client with other, or more, headers. */
  with(headers: Headers): ApiClient {
    return new ApiClient(this.url, { ...this.headers, ...headers });
  }

  /** The same account at another api of the stack. */
  at(api: Api): ApiClient {
    return new ApiClient(api.url, { ...this.headers, ...('origin' in this.headers ? { origin: api.url } : {}) });
  }

  /**
   * Events of a stream as they come. Ends with the stream, or with the signal.
   * @throws Error when the answer is not a stream
   */
  async *stream<T>(path: string, { lastEventId, signal }: StreamOptions = {}): AsyncGenerator<StreamEvent<T>, void> {
    const answer = await fetch(`${this.url}${path}`, {
      headers: {
        ...this.headers,
        accept: 'text/event-stream',
        ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
      },
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    let rest = '';
    try {
      for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
        const blocks = (rest + part).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const event = parseEvent<T>(block);
          if (event) yield event;
        }
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  private async send<T>(
    method: Method,
    path: string,
    body?: string | object,
    headers: Headers = {},
  ): Promise<Reply<T>> {
    const call = request(this.url)
      [method](path)
      .redirects(0)
      .set({ ...this.headers, ...headers });
    const answer: Response = await (body === undefined ? call : call.send(body));
    const isJson = /\bjson\b/.test(answer.headers['content-type'] ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? answer.body : undefined) as T,
      text: answer.text,
    };
  }
}

/** A comment (the keep-alive) is no event. */
function parseEvent<T>(block: string): StreamEvent<T> | undefined {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart())
      .join('\n') || undefined;
  const data = field('data');
  return data === undefined
    ? undefined
    : { id: field('id'), event: field('event') ?? 'message', data: JSON.parse(data) as T };
}

/** Nobody in particular. */
export function anonymous(api: Api): ApiClient {
  return new ApiClient(api.url, {});
}

/** A program with an API token. */
export function bearing(api: Api, token: string): ApiClient {
  return new ApiClient(api.url, { authorization: `Bearer ${token}` });
}

/** People whom every forge has. */
export type Account = 'admin' | 'member' | 'auditor';

/**
 * Signs an account of the forge in, following each redirect as a browser does.
 * @returns a client with the cookie, that says where its requests come from as our page's do
 */
export async function signIn(api: Api, login: string): Promise<ApiClient> {
  const cookies = new Map<string, string>();
  let next = new URL(`/api/auth/login?login=${login}`, api.url);
  for (let hops = 0; hops < 6; hops++) {
    const isOurs = next.origin === api.url;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: isOurs && cookie ? { cookie } : {} });
    if (isOurs) for (const set of answer.headers.getSetCookie()) keep(cookies, set);
    const location = answer.headers.get('location');
    await answer.body?.cancel();
    if (location === null) throw new Error(`signing in as ${login} ended at ${next.pathname} with ${answer.status}`);
    next = new URL(location, next);
    if (next.origin === api.url && !next.pathname.startsWith('/api/')) break;
  }
  const secret = cookies.get('yudai');
  if (!secret) throw new Error(`${login} could not sign in: ${next.href}`);
  return new ApiClient(api.url, { cookie: `yudai=${secret}`, origin: api.url });
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}
