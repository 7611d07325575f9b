import type { ApiClient } from '../support/index.js';
import type { Rule } from './contract.js';
import type { Route } from './route-table.js';
import type { Names } from './world.js';

export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly code: string | undefined;
}

/** Every field that any route takes, of a form that none takes. */
const WRONG = Object.fromEntries(
  [
    ...['title', 'text', 'clientMessageId', 'model', 'pinned', 'dropped', 'instructions', 'role', 'disabled', 'name'],
    ...[
      'scopes',
      'query',
      'owner',
      'repo',
      'session',
      'userId',
      'content',
      'body',
      'labels',
      'draft',
      'limits',
      'items',
    ],
  ].map((field) => [field, { nonsense: true }]),
);

export interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Rule['good'] | 'wrong' | 'text';
}

/** Sends a request, and looks at no more of a stream than that it begins. */
export async function ask(
  { url, headers: own }: ApiClient,
  { method, path }: Route,
  names: Names,
  { headers = {}, body = 'wrong' }: Asking = {},
): Promise<Answer> {
  const place = path.replace(/:(\w+)/g, (_parameter, name: string) => encodeURIComponent(names[name] ?? ''));
  const answer = await fetch(url + place, {
    method,
    redirect: 'manual',
    headers: { ...own, ...headers, ...(typeof body === 'object' || body === 'wrong' ? JSON_TYPE : {}) },
    ...(method === 'GET' ? {} : bodyOf(body)),
  });
  const mediaType = (answer.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (mediaType !== PROBLEM) {
    await answer.body?.cancel();
    return { status: answer.status, mediaType, code: undefined };
  }
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, mediaType, code };
}

const PROBLEM = 'application/problem+json';
const JSON_TYPE = { 'content-type': 'application/json' };

function bodyOf(body: Asking['body']): { body?: string | FormData } {
  if (body === 'nothing') return {};
  if (body === 'text') return { body: 'Words.' };
  if (body === 'file') {
    const form = new FormData();
    form.set('file', new File(['Words.'], 'words.txt', { type: 'text/plain' }));
    return { body: form };
  }
  return { body: JSON.stringify(body === 'wrong' ? WRONG : body) };
}
