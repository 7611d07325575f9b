import assert from 'node:assert/strict';
import { createDecipheriv, hkdfSync } from 'node:crypto';
import pg from 'pg';
import type { Page } from 'playwright-core';
import type { Evidence } from './evidence.ts';
import type { Product } from './product.ts';

/** What GitHub's tokens are sealed with: AES-256-GCM, nonce and tag at the ends. */
const [nonceBytes, tagBytes] = [12, 16];

/** What the product's answers say to a page, and what must be known of this page alone: codes of sign-ins and cookies. */
export class Listener {
  readonly answers: Evidence = new Map();
  readonly secrets = new Map<string, string>();
  private readonly page: Page;
  private readonly product: Product;

  constructor(page: Page, product: Product) {
    this.page = page;
    this.product = product;
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/api/auth/callback') this.keep('the code', searchParams.get('code'));
    });
    page.on('response', (response) => {
      if (!response.url().startsWith(product.url)) return;
      const name = `answer ${this.answers.size}: ${response.status()} ${new URL(response.url()).pathname}`;
      this.answers.set(name, '');
      void response.text().then(
        (body) => this.answers.set(name, `${JSON.stringify(withoutCookies(response.headers()))}\n${body}`),
        () => undefined,
      );
    });
  }

  /** Notes the cookies that scripts cannot read, as they are now. */
  async noteCookies(): Promise<void> {
    for (const { name, value, httpOnly } of await this.page.context().cookies(this.product.url))
      if (httpOnly) this.keep(`the cookie ${name}`, value);
  }

  private keep(name: string, value: string | null): void {
    if (value) this.secrets.set(`${name}, ${this.secrets.size}`, value);
  }
}

/** What a product knows that nobody else may, by what it is: made by its start, and given to it by GitHub. */
export async function secretsOf(product: Product): Promise<Map<string, string>> {
  const { secretKey, forgeClientSecret, webhookSecret, modelKey, databasePassword } = product.secrets();
  const secrets = new Map([
    ['SECRET_KEY', secretKey],
    ['the client secret', forgeClientSecret],
    ['the secret of the webhooks', webhookSecret],
    ['the key of the model', modelKey],
    ['the password of the database', databasePassword],
    ...(await githubTokens(product, secretKey ?? '')),
  ] as const);
  return new Map([...secrets].map(([name, secret]) => [name, secret ?? '']));
}

async function githubTokens(product: Product, secretKey: string): Promise<[string, string][]> {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'yudai:github-tokens', 32));
  const client = new pg.Client({ connectionString: product.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ user_id: string; access_token: string; refresh_token: string }>(
    'SELECT user_id, access_token, refresh_token FROM github_tokens',
  );
  await client.end();
  assert.ok(rows.length > 0, 'There is no token of GitHub.');
  return rows.flatMap(({ user_id: user, access_token: access, refresh_token: refresh }) => {
    const open = (sealed: string): string => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
        .setAAD(Buffer.from(`github-token:${user}`))
        .setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    };
    return [
      [`GitHub's token of ${user}`, open(access)],
      [`GitHub's refresh token of ${user}`, open(refresh)],
    ] as [string, string][];
  });
}

const withoutCookies = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'set-cookie'));
