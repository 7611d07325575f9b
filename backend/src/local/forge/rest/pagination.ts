import { type Answer, json } from '../http/answer.js';
import type { Links } from '../links.js';
import type { ApiCall } from './api-call.js';

const STANDARD = 30;
const MOST = 100;

interface Window<T> {
  readonly items: readonly T[];
  readonly link: Readonly<Record<string, string>>;
}

/** One page of a list with its `Link` header ("Using pagination in the REST API"). */
export function paged<T>(links: Links, call: ApiCall, all: readonly T[], present: (item: T) => object): Answer {
  const { items, link } = window(links, call, all);
  return json(200, items.map(present), link);
}

/** The part of a list that a call asks for. Too large a page is cut down to 100, without a word, as GitHub does. */
export function window<T>(links: Links, { call, query }: ApiCall, all: readonly T[]): Window<T> {
  const size = within(query['per_page'], STANDARD, MOST);
  const page = within(query['page'], 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(all.length / size));
  const to = (number: number, rel: string): string => {
    const parameters = new URLSearchParams(call.query);
    parameters.set('page', String(number));
    return `<${links.web}${call.path}?${parameters.toString()}>; rel="${rel}"`;
  };
  const before = page > 1 ? [to(Math.min(page - 1, last), 'prev')] : [];
  const after = page < last ? [to(page + 1, 'next'), to(last, 'last')] : [];
  const first = page > 1 ? [to(1, 'first')] : [];
  const link = [...before, ...after, ...first].join(', ');
  return { items: all.slice((page - 1) * size, page * size), link: link ? { link } : {} };
}

function within(value: unknown, standard: number, most: number): number {
  return typeof value === 'number' && value >= 1 ? Math.min(value, most) : standard;
}
