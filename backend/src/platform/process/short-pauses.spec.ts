import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// V8 only grumbles about a flag that it does not know: after an upgrade of Node, pauses would be long again without a word.
it('this Node knows the flag that keeps pauses short', () => {
  const source = readFileSync(new URL('short-pauses.ts', import.meta.url), 'utf8');
  const flag = /setFlagsFromString\('--no-([\w-]+)'\)/.exec(source)?.[1] ?? 'none';
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  expect(known).toMatch(new RegExp(`^  --${flag} `, 'm'));
});
