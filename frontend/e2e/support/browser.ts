import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Where a browser may be, in the order in which it is looked for. */
const variables = ['CHROME_PATH', 'PLAYWRIGHT_CHROMIUM'];
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** No sandbox for root, no traffic of the browser's own, the same drawing everywhere. */
const switches = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--no-first-run',
  '--force-color-profile=srgb',
];

export type Found = { readonly browser: Browser; readonly from: string } | { readonly missing: string };

/** The first browser that starts: the one that is pointed to, one of the system, the one that comes through npm. */
export async function findBrowser(): Promise<Found> {
  const failures: string[] = [];
  for (const candidate of candidates()) {
    try {
      const executablePath = await candidate.path();
      const browser = await chromium.launch({ executablePath, args: switches, timeout: 60_000 });
      return { browser, from: executablePath };
    } catch (error) {
      const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
      failures.push(`${candidate.name}: ${reason}`);
    }
  }
  return {
    missing:
      `No browser could be started (${failures.join('; ') || 'none was found'}). ` +
      'Install one (Debian and Ubuntu: apt-get install chromium) or name one: CHROME_PATH=/path/to/chromium',
  };
}

function candidates(): { readonly name: string; readonly path: () => Promise<string> }[] {
  const at = (name: string, path: string) => ({ name, path: () => Promise.resolve(path) });
  const named = variables.flatMap((name) => (process.env[name] ? [at(name, process.env[name])] : []));
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const installed = [...folders.flatMap((folder) => programs.map((name) => join(folder, name))), ...applications];
  return [
    ...named,
    ...installed.filter(runs).map((path) => at(path, path)),
    { name: '@sparticuz/chromium', path: async () => (await import('@sparticuz/chromium')).default.executablePath() },
  ];
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
