import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../test/support/sources.js';

export interface CodeFile {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

const NAMES = /\.(?:js|mjs|ts|css|md)$/;
/** What of a package is worth reading: below is a re-export, above is what a tool has put together. */
const USUAL = { least: 1_000, most: 60_000 };

/**
 * What people wrote, as much of it as there is: the packages that are installed. Made-up texts would have too few words,
 * too evenly used, and a search through them would cost something else. In the same order every time.
 */
export async function* realCode(characters = USUAL): AsyncGenerator<CodeFile> {
  const paths = filesBelow('node_modules').sort();
  // Neighbours are alike; a stride that shares no factor with the count visits each once, from all over.
  const stride = 7_919;
  for (let at = 0; at < paths.length; at++) {
    const path = paths[(at * stride) % paths.length] ?? '';
    const text = await readFile(join(ROOT, path), 'utf8').catch(() => '');
    if (text.length < characters.least || text.length > characters.most) continue;
    yield { path: path.slice('node_modules/'.length), name: basename(path), text };
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
  });
}
