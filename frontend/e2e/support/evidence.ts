import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Page } from 'playwright-core';
import type { Product } from './product.ts';

/** Never looked through: what keeps the secrets, GitHub's own data, and what Node has compiled. */
const left = new Set(['secrets.json', 'forge', 'compiled']);
/** By which gzip is known. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** Texts by their place. */
export type Evidence = Map<string, string>;

/** Everything that a product keeps: files, the database as text and as it lies on the disk, Redis, what the model was asked. */
export async function gather(product: Product): Promise<Evidence> {
  const found: Evidence = new Map();
  files(product.folder, (name, text) => found.set(`file ${name}`, text));
  await database(product.databaseUrl, (name, text) => found.set(`table ${name}`, text));
  await redis(product.redisUrl, (name, text) => found.set(`redis ${name}`, text));
  found.set('prompts', await product.prompts());
  return found;
}

/** What a page and its origin keep in the browser, apart from cookies that scripts cannot read. */
export async function inBrowser(page: Page): Promise<Evidence> {
  const kept = await page.evaluate(async () => {
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? '');
    }
    return [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, cached];
  });
  const { origins, cookies } = await page.context().storageState({ indexedDB: true });
  return new Map([
    ['page', `${page.url()} ${await page.content()}`],
    ['storage', JSON.stringify([kept, origins])],
    ['cookies', JSON.stringify(cookies.filter(({ httpOnly }) => !httpOnly))],
  ]);
}

/** Places whose text has a text in it. */
export const holders = (evidence: Evidence, text: string): string[] =>
  [...evidence].filter(([, held]) => held.includes(text)).map(([place]) => place);

/** Secrets and the places in which they were found, as they are or in another writing. */
export function leaks(evidence: Evidence, secrets: ReadonlyMap<string, string>): string[] {
  const found = [...secrets].flatMap(([name, secret]) =>
    [...formsOf(secret)].flatMap((form) => holders(evidence, form).map((place) => `${name} in ${place}`)),
  );
  return [...new Set(found)];
}

/** A secret as it is, in the writing of addresses, in hexadecimal as PostgreSQL shows bytes, and in base64 wherever it stands. */
export function formsOf(secret: string): Set<string> {
  const forms = new Set([secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex')]);
  for (const before of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    for (const writing of ['base64', 'base64url'] as const) {
      // The first and the last character also tell of what stands around.
      const text = bytes.toString(writing).slice(before && before + 1, Math.floor((bytes.length * 4) / 3));
      forms.add(text);
    }
  }
  return forms;
}

function files(folder: string, note: (name: string, text: string) => void, under = ''): void {
  for (const name of readdirSync(join(folder, under))) {
    if (under === '' && left.has(name)) continue;
    const path = join(under, name);
    const stats = statSync(join(folder, path), { throwIfNoEntry: false });
    if (stats?.isDirectory()) files(folder, note, path);
    else if (stats?.isFile()) note(path, unpacked(readFileSync(join(folder, path))));
  }
}

async function database(connectionString: string, note: (name: string, text: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    note(name, rows.map(({ text }) => text).join('\n'));
  }
  await client.end();
}

async function redis(url: string, note: (name: string, text: string) => void): Promise<void> {
  const client = new Redis(url);
  for (const key of await client.keys('*')) {
    const values: Record<string, () => Promise<unknown>> = {
      string: () => client.getBuffer(key),
      hash: () => client.hgetallBuffer(key),
      list: () => client.lrangeBuffer(key, 0, -1),
      set: () => client.smembersBuffer(key),
      zset: () => client.zrangeBuffer(key, 0, -1),
      stream: () => client.xrangeBuffer(key, '-', '+'),
    };
    const look = values[await client.type(key)];
    // A key may end between the two questions.
    note(key, `${key} ${textsIn(await look?.()).join('\n')}`);
  }
  client.disconnect();
}

/** Every text in an answer of Redis. */
function textsIn(value: unknown): string[] {
  if (Buffer.isBuffer(value)) return [unpacked(value)];
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, item]) => [key, ...textsIn(item)]);
}

function unpacked(bytes: Buffer): string {
  return (bytes.subarray(0, GZIP.length).equals(GZIP) ? gunzipSync(bytes) : bytes).toString('latin1');
}
