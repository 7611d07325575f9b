import { runTo } from './bootstrap.mjs';
import { inRoot } from './paths.mjs';
import { build, install, needGit } from './prepare.ts';
import { main } from './progress.mjs';
import { watchParent } from './watch-parent.mjs';

/** `npm run bench:retrieval`: how well the product finds the files that issues are about. */
watchParent();
await main(async () => {
  needGit();
  await install();
  await build();
  const loader = `--import=${new URL('typescript.mjs', import.meta.url).href}`;
  const bench = ['--disable-warning=ExperimentalWarning', loader, inRoot('backend/bench/retrieval/main.ts')];
  return runTo(process.execPath, [...bench, ...process.argv.slice(2)], process.env);
});
