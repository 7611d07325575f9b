import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../src/platform/git/git.js';
import { realCode } from '../real-code.js';
import { IN_OTHER_LANGUAGES } from './languages.js';

/** In every other language so many files; so many that are nearly too large to be read; small real code for the rest. */
const EACH = 40;
const HUGE = { files: 3, characters: 900_000 };
const SMALL = { least: 600, most: 3_000 };
const PER_FOLDER = 100;

/**
 * A bare repository of so many files, whose chunks are few enough to embed in minutes: what memory could depend on is how
 * many files there are, how large the largest is, and in how many languages they are written. @returns its path
 */
export async function largeRepository(files: number): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'yudai-bench-')), 'bench+large', 'repo');
  await mkdir(path, { recursive: true });
  await git(['init', '--quiet', '--bare', '--initial-branch=main', path]);
  const parts = ['commit refs/heads/main\ncommitter bench <bench@localhost> 1764000000 +0000\ndata 5\nFiles\n'];
  let written = 0;
  const write = (name: string, text: string): void => {
    const folder = `part${Math.floor(written / PER_FOLDER)}`;
    parts.push(`M 100644 inline ${folder}/${written}-${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
    written += 1;
  };
  for (const [extension, text] of Object.entries(IN_OTHER_LANGUAGES))
    for (let at = 0; at < EACH; at++) write(`store.${extension}`, text.replaceAll('N', String(written)));
  for (let at = 0; at < HUGE.files; at++) write('huge.js', await muchCode(at));
  for await (const { name, text } of realCode(SMALL)) {
    if (written >= files) break;
    write(name, text);
  }
  await git(['--git-dir', path, 'fast-import', '--quiet'], { input: parts.join(''), maxBytes: 1_000_000 });
  return path;
}

/** Scripts one after the other. */
async function muchCode(skipped: number): Promise<string> {
  let text = '';
  let seen = 0;
  for await (const file of realCode()) {
    if (!file.name.endsWith('.js') || seen++ % HUGE.files !== skipped) continue;
    if (text.length + file.text.length > HUGE.characters) return text;
    text += file.text;
  }
  return text;
}
