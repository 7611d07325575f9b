import type { Api } from '../support/index.js';

export interface Page {
  readonly status: number;
  readonly location: string | undefined;
  readonly setCookies: readonly string[];
  readonly text: string;
}

/** A browser of our own making: it keeps cookies of the api, follows nothing by itself and shows every step. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly api: Api) {}

  /** Opens an address; cookies go to the api only. */
  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const target = new URL(url, this.api.url);
    const isOurs = target.origin === this.api.url;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(target, {
      redirect: 'manual',
      headers: { ...(isOurs && cookie ? { cookie } : {}), ...headers },
    });
    const setCookies = answer.headers.getSetCookie();
    if (isOurs) for (const line of setCookies) this.keep(line);
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? undefined,
      setCookies,
      text: await answer.text(),
    };
  }

  /** Begins a sign-in. @returns the address at the provider that the browser is sent to */
  async begin(login: string, returnTo?: string): Promise<URL> {
    const query = new URLSearchParams({ login, ...(returnTo === undefined ? {} : { returnTo }) });
    const page = await this.open(`/api/auth/login?${query.toString()}`);
    return new URL(page.location ?? 'missing:');
  }

  /** Begins a sign-in and lets the provider send the browser back. @returns the address of the callback */
  async beginAndChoose(login: string, returnTo?: string): Promise<URL> {
    const page = await this.open((await this.begin(login, returnTo)).href);
    return new URL(page.location ?? 'missing:');
  }

  /** The whole way. @returns the last page: where the callback sends to */
  async signIn(login: string, returnTo?: string): Promise<Page> {
    return this.open((await this.beginAndChoose(login, returnTo)).href);
  }

  me(): Promise<Page> {
    return this.open('/api/auth/me');
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
