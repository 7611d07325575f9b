import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startForge } from '../../src/local/forge/server.js';
import type { Receiver } from '../../src/local/forge/webhooks/deliveries.js';

export const CLIENT = { id: 'Iv1.test', secret: 'a-client-secret' };
export const CALLBACK = 'http://127.0.0.1:3000/api/auth/callback';
export const VERIFIER = 'v'.repeat(50);
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Any JSON object, of which a test reads what it knows to be there. */
export interface Fields {
  readonly [name: string]: Fields & string & number & boolean & Fields[];
}

export interface TestForge {
  readonly url: string;
  readonly data: string;
  stop(): Promise<void>;
}

/** A forge of one's own; in a folder of its own that goes with it, unless one is given. */
export async function testForge(
  options: { readonly data?: string; readonly repositories?: readonly string[]; readonly webhook?: Receiver } = {},
): Promise<TestForge> {
  const data = options.data ?? scratch();
  const { port, close } = await startForge({
    port: 0,
    data,
    client: CLIENT,
    webhook: options.webhook,
    repositories: options.repositories ?? [],
  });
  const stop = async (): Promise<void> => {
    await close();
    if (options.data === undefined) rmSync(data, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, data, stop };
}

export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'yudai-forge-'));
}

/** The address that a sign-in sends the browser back to. */
export async function authorize(url: string, login: string, changes: Record<string, string> = {}): Promise<URL> {
  const query = new URLSearchParams({
    client_id: CLIENT.id,
    redirect_uri: CALLBACK,
    state: 'a-state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    login,
    ...changes,
  });
  const answer = await fetch(`${url}/login/oauth/authorize?${query.toString()}`, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? 'missing:');
}

export async function redeem(url: string, fields: Record<string, string>): Promise<Fields> {
  const form = { client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uri: CALLBACK, ...fields };
  const answer = await fetch(`${url}/login/oauth/access_token`, { method: 'POST', body: new URLSearchParams(form) });
  return (await answer.json()) as Fields;
}

export async function tokenOf(url: string, login: string): Promise<string> {
  const code = (await authorize(url, login)).searchParams.get('code') ?? '';
  return String((await redeem(url, { code, code_verifier: VERIFIER }))['access_token']);
}

/** Calls the forge's REST API with a token. */
export async function api<T = Fields>(
  { url }: TestForge,
  token: string,
  route: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<T>> {
  const [method = '', path = ''] = route.split(' ');
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : undefined) as T };
}

/** Switches and looks, below `/_forge`. */
export async function control<T = Fields>({ url }: TestForge, route: string, body?: unknown): Promise<Reply<T>> {
  const [method = '', path = ''] = route.split(' ');
  const answer = await fetch(`${url}/_forge${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : undefined) as T };
}
