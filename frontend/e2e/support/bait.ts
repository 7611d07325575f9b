import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

/** Where the control serves each text as the page of a stranger would, without any of our guards. */
const RAW = /\/raw\/(\d+)/;
/** Everything that a page can do of itself and that a text must not bring about, in one page without a policy … */
const LOUD = `<a id=saved href="data:text/plain,x" download=x></a><script>
  alert('control'); window.open('about:blank'); saved.click(); pwned('control');
</script>`;
/** … and in one whose policy refuses what it tries. */
const REFUSED = `<script>pwned('refused')</script>`;

/** Somebody else's server, to which hostile texts point, and what they did to the pages that are watched. */
export class Bait {
  /** What has run, left, opened or was refused by the policy, by its kind. */
  readonly noticed: { readonly kind: string; readonly what: string; readonly from: string }[] = [];
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  static async lay(): Promise<Bait> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bait = new Bait(server);
    server.on('request', (req, res) => {
      bait.note('answered', req.url ?? '', req.headers.referer);
      res.end();
    });
    return bait;
  }

  /** A server that has the texts as its own pages, each in a frame of `/`: what happens where nothing guards. */
  static async control(texts: (host: string) => readonly string[]): Promise<Bait> {
    const bait = await Bait.lay();
    const pages = texts(bait.host);
    bait.server.prependListener('request', ({ url = '' }, res) => {
      const raw = RAW.exec(url)?.[1];
      const frames = pages.map((_, at) => `<iframe src="/raw/${at}"></iframe>`).join('');
      res.setHeader('Referrer-Policy', 'unsafe-url');
      if (url === '/refused') res.setHeader('Content-Security-Policy', "default-src 'none'");
      if (['/', '/loud', '/refused'].includes(url) || raw) res.setHeader('Content-Type', 'text/html; charset=utf-8');
      if (url === '/') res.write(`${frames}<iframe src="/loud"></iframe><iframe src="/refused"></iframe>`);
      if (url === '/loud') res.write(LOUD);
      if (url === '/refused') res.write(REFUSED);
      if (raw) res.write(pages[Number(raw)] ?? '');
    });
    return bait;
  }

  /** `http://127.0.0.1:…` */
  get host(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Everything that happens on a page of ours, and in what it opens, from its next address on. */
  async watch(page: Page, home: string): Promise<void> {
    const context = page.context();
    await context.exposeBinding('pwned', ({ frame }, what: unknown) => this.note('script', String(what), frame.url()));
    await context.exposeBinding('refusedByPolicy', ({ frame }, what: string) => this.note('policy', what, frame.url()));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
        (window as unknown as { refusedByPolicy: (what: string) => void }).refusedByPolicy(
          `${violatedDirective} ${blockedURI} ${sample}`,
        );
      });
    });
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (/^(http|ws)s?:$/.test(protocol) && origin !== new URL(home).origin) this.note('request', request.url());
    });
    page.on('dialog', (dialog) => {
      this.note('dialog', dialog.message());
      void dialog.dismiss();
    });
    page.on('popup', (popup) => this.note('window', popup.url()));
    page.on('download', (download) => this.note('download', download.url()));
    page.on('frameattached', (frame) => this.note('frame', frame.url()));
  }

  /** Numbers of the control's texts that have run or loaded something. */
  get live(): ReadonlySet<string> {
    const own = this.noticed.filter(({ kind, what }) => kind === 'script' || (kind === 'answered' && !RAW.test(what)));
    return new Set(own.flatMap(({ from }) => RAW.exec(from)?.[1] ?? []));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private note(kind: string, what: string, from = ''): void {
    this.noticed.push({ kind, what, from });
  }
}

/** Runs in the page. What somebody else's text must not have become, and links that do not say where they lead. */
export function harmIn(selector: string): string[] {
  const found: string[] = [];
  const foreign =
    'script,img,svg,iframe,object,embed,form,input,button,style,link,meta,base,video,audio,source,math,template,picture,[style],[srcset]';
  for (const root of document.querySelectorAll(selector)) {
    for (const element of root.querySelectorAll('*')) {
      const names = element.getAttributeNames();
      // Our own parts carry Angular's mark, which nothing has that comes as HTML.
      if (names.some((name) => name.startsWith('_ngcontent'))) continue;
      const acts = names.some(
        (name) => name.startsWith('on') || /^\W*(javascript|data|vbscript):/i.test(element.getAttribute(name) ?? ''),
      );
      if (acts || element.matches(foreign)) found.push(`element ${element.outerHTML.slice(0, 200)}`);
    }
    for (const link of root.querySelectorAll('a[href]')) {
      const { href, protocol, host, origin, rel, target } = link as HTMLAnchorElement;
      if (origin === window.location.origin && link.classList.contains('place')) continue;
      const named = protocol === 'mailto:' ? href.slice('mailto:'.length).split('?')[0] : host;
      const behind = link.nextSibling?.textContent ?? '';
      const says = behind.startsWith(` (${named})`) || link.textContent.startsWith(`${protocol}//${host}`);
      const isOutside = ['http:', 'https:', 'mailto:'].includes(protocol);
      if (!isOutside || !rel.includes('noopener') || target !== '_blank' || !says)
        found.push(`link ${link.outerHTML}${behind.slice(0, 40)}`);
    }
  }
  return found;
}
