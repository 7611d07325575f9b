import { runTo } from './bootstrap.mjs';
import { inRoot } from './paths.mjs';
import { build, install, needGit } from './prepare.ts';
import { main } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

/** `npm run bench:incremental`: what a push of one changed file costs beside the first reading. */
watchParent();
await main(async () => {
  needGit();
  await install();
  await build();
  const loader = `--import=${new URL('typescript.mjs', import.meta.url).href}`;
  const bench = ['--disable-warning=ExperimentalWarning', loader, inRoot('backend/bench/incremental/main.ts')];
  return runTo(process.execPath, [...bench, ...process.argv.slice(2)], process.env);
});
