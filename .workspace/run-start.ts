import { createServer } from 'node:net';
import { runTo } from './bootstrap.mjs';
import { build, inDist, install, needGit } from './prepare.ts';
import { main, Stop } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

/** `npm start`: everything that is needed, then the product on servers of its own. */
const DEFAULT_PORT = 3000;

/** Asked before anything takes minutes; the launcher asks again. */
async function needPort(port: number): Promise<void> {
  const probe = createServer();
  const code = await new Promise<string | undefined>((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
  if (code === 'EADDRINUSE') {
    throw new Stop(
      `Port ${port} is in use by another program (perhaps Yudai itself, started before). Stop that one, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES')
    throw new Stop(`Port ${port} is not permitted to you. Choose one above 1023: PORT=${DEFAULT_PORT} npm start`);
}

function wantedPort(): number {
  const text = process.env['PORT'] || String(DEFAULT_PORT);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Stop(`PORT must be a number from 1 to 65535; it is "${text}".`);
}

watchParent();
await main(async () => {
  needGit();
  await needPort(wantedPort());
  await install();
  await build();
  const launcher = [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    inDist('backend/local/launcher/main.js'),
  ];
  return runTo(process.execPath, launcher, process.env);
});
