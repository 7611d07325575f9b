import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { sidewaysScrollers } from './page-checks.ts';
import type { Product } from './product.ts';

export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Size = keyof typeof sizes;
export type Login = 'admin' | 'member' | 'auditor';
type Scheme = 'light' | 'dark';

type Findings = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

export interface VisitorOptions {
  /** Signed in as; nobody when left out. */
  readonly as?: Login;
  readonly size?: Size;
}

export const screenshots = join(import.meta.dirname, '../../../dist/e2e/screenshots');
/** Cookies of people who have signed in already: signing in is tested once, not before each test. */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Somebody with a browser, and with everything that the browser complains about. */
export class Visitor {
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [
    // Chrome reports the answer that tells the door from the hall; there is no way not to ask.
    /401 \(Unauthorized\).*\/api\/auth\/me/,
    // And it looks for a picture of the forge, which has none.
    /404 \(Not Found\) at http:\/\/127\.0\.0\.1:\d+\/favicon\.ico/,
  ];

  readonly page: Page;
  private readonly product: Product;

  private constructor(page: Page, product: Product) {
    this.page = page;
    this.product = product;
  }

  static async open(browser: Browser, product: Product, { as, size = 'desktop' }: VisitorOptions): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: sizes[size],
      baseURL: product.url,
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(60_000);
    const visitor = new Visitor(await context.newPage(), product);
    visitor.listen();
    if (as) await visitor.signIn(as);
    return visitor;
  }

  /** A complaint that belongs to what the test does, such as an answer 503 that it has asked for. */
  expect(complaint: RegExp): void {
    this.expected.push(complaint);
  }

  refuseComplaints(): void {
    assert.deepEqual(this.complaints, [], 'What was seen is not as it should be.');
  }

  /** Goes to an address of the product and waits until the page has begun. */
  async goto(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: 'load' });
    await this.page.locator('h1, h2').first().waitFor();
  }

  /** Asks the product as this person's browser would. @throws Error with the answer when it is a refusal */
  async ask<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, data?: unknown): Promise<T> {
    const response = await this.page.request.fetch(path, { method, data, headers: { Origin: this.product.url } });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Answers to these addresses stay on their way until they are let go: what a page shows while it waits. */
  async hold(address: RegExp): Promise<() => Promise<void>> {
    const waiting: (() => void)[] = [];
    let held = true;
    await this.page.route(address, async (route) => {
      if (held) await new Promise<void>((resolve) => waiting.push(resolve));
      await route.continue().catch(() => undefined);
    });
    return async () => {
      held = false;
      for (const go of waiting) go();
      await this.page.unroute(address);
    };
  }

  /** The product answers so at these addresses: what a page shows when nothing can be had and no switch brings it about. */
  async refuse(address: RegExp, status = 503): Promise<() => Promise<void>> {
    this.expect(new RegExp(String(status)));
    const problem = {
      type: 'urn:yudai:test',
      title: 'Unavailable',
      status,
      detail: 'The database does not answer at the moment; try again.',
      code: 'database.unavailable',
      requestId: '0198c0de-0000-7000-8000-000000000000',
    };
    await this.page.route(address, (route) =>
      route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    return () => this.page.unroute(address);
  }

  /**
   * Looks at what is shown, in both sizes and both colour schemes: nothing scrolls sideways, axe finds nothing, and
   * what a person sees is kept as a picture.
   */
  async look(name: string, only: readonly Size[] = ['desktop', 'phone']): Promise<void> {
    const before = this.page.viewportSize();
    for (const size of only) {
      await this.page.setViewportSize(sizes[size]);
      for (const scheme of ['light', 'dark'] as const) await this.inspect(name, size, scheme);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    if (before) await this.page.setViewportSize(before);
  }

  async shootFailure(name: string): Promise<void> {
    await this.shoot(`failed-${name}`).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async inspect(name: string, size: Size, scheme: Scheme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: scheme });
    // Two frames and, for menus and panels to find their places, a breath; the colours move nothing.
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    if (scheme === 'light') await this.page.waitForTimeout(120);
    await this.shoot(`${name}.${size}.${scheme}`);
    const at = `${name} (${size}, ${scheme})`;
    // The colours change nothing but the contrast.
    const rules = scheme === 'dark' ? ['color-contrast'] : [];
    if (scheme === 'light')
      for (const scroller of await this.page.evaluate(sidewaysScrollers))
        this.complaints.push(`${at} scrolls sideways: ${scroller}`);
    const violations = await this.violations(rules);
    for (const { id, nodes } of violations)
      this.complaints.push(
        ...nodes.map(({ html, target }) => `${at}, ${id}: ${target.join(' ')} ${html.slice(0, 200)}`),
      );
  }

  /** What axe finds, by all of its rules when none are named. Its program is half a megabyte: a page is given it once. */
  private async violations(rules: readonly string[]): Promise<Findings> {
    const isThere = await this.page.evaluate(() => 'axe' in window);
    const axe = new AxeBuilder({ page: this.page, ...(isThere ? { axeSource: 'true' } : {}) }).setLegacyMode();
    axe.options({ resultTypes: ['violations'], preload: false });
    if (rules.length > 0) axe.withRules([...rules]);
    return (await axe.analyze()).violations;
  }

  private async shoot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    const file = `${name.replace(/[^a-zA-Z0-9.-]+/g, '-').toLowerCase()}.png`;
    await this.page.screenshot({ path: join(screenshots, file), animations: 'disabled' });
  }

  private async signIn(login: Login): Promise<void> {
    const context = this.page.context();
    const at = `${login} ${this.product.url}`;
    const known = signedIn.get(at);
    if (known) {
      await context.addCookies(known);
      return;
    }
    const response = await context.request.get(`/api/auth/login?login=${login}&returnTo=/`);
    assert.equal(response.status(), 200, `${login} could not sign in: ${response.url()}`);
    signedIn.set(at, await context.cookies());
  }

  private listen(): void {
    const complain = (complaint: string): void => {
      if (!this.expected.some((pattern) => pattern.test(complaint))) this.complaints.push(complaint);
    };
    this.page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complain(`${message.text()} at ${message.location().url}`);
    });
    this.page.on('pageerror', (error) => complain(String(error.stack ?? error)));
    this.page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const own = [this.product.url, this.product.forgeUrl].map((url) => new URL(url).origin);
      if (protocol.startsWith('http') && !own.includes(origin)) complain(`A request to ${request.url()}`);
    });
    this.page.on('response', (response) => {
      if (response.status() >= 500) complain(`${response.status()} for ${response.url()}`);
    });
  }
}

/** Sign-ins that a test has ended, or that belong to a grant that was taken back. */
export function forgetSignIn(login: Login): void {
  for (const at of signedIn.keys()) if (at.startsWith(`${login} `)) signedIn.delete(at);
}
