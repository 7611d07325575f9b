import { pathToFileURL } from 'node:url';
import { runTo } from './bootstrap.mjs';
import { inRoot } from './paths.mjs';
import { install, needGit } from './prepare.ts';
import { main, Stop } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

const REAL_SERVERS = `This needs a real PostgreSQL with pgvector and a real Redis: set TEST_DATABASE_URL and TEST_REDIS_URL, or, as root on Debian, run
  eval "$(bash .ci/real-services start)"`;

/** `npm run test:faults [promise …]`: what is promised of faults, kills and tampering; one line a promise, with its figure. */
watchParent();
await main(async () => {
  if (!process.env['TEST_DATABASE_URL'] || !process.env['TEST_REDIS_URL']) throw new Stop(REAL_SERVERS);
  needGit();
  await install();
  const loader = `--import=${new URL('typescript.mjs', import.meta.url).href}`;
  const watched = `--import=${pathToFileURL(inRoot('backend/src/local/support/watch-parent.ts')).href}`;
  const faults = ['--disable-warning=ExperimentalWarning', watched, loader, inRoot('backend/faults/main.ts')];
  return runTo(process.execPath, [...faults, ...process.argv.slice(2)], process.env);
});
