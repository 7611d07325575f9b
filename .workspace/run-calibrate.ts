import { runTo } from './bootstrap.mjs';
import { inRoot } from './paths.mjs';
import { build, install, needGit } from './prepare.ts';
import { main } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

/** `npm run test:calibrate [text …]`: every guard is taken out in turn, and its test must turn red. */
watchParent();
await main(async () => {
  needGit();
  await install();
  await build();
  const loader = `--import=${new URL('typescript.mjs', import.meta.url).href}`;
  const calibrate = ['--disable-warning=ExperimentalWarning', loader, inRoot('backend/calibration/main.ts')];
  return runTo(process.execPath, [...calibrate, ...process.argv.slice(2)], process.env);
});
