import { Injectable } from '@nestjs/common';
import type { SnapshotSize } from '../repositories/crowd.js';
import { type Mention, SearchRepository } from '../repositories/search.repository.js';
import { pathsIn } from './paths-in.js';
import { quotedIn } from './quoted-in.js';

/** What names more files than this means none of them. */
const MOST_MEANT = { path: 3, quote: 5 };

/** Files that a text names. */
@Injectable()
export class NamedSearch {
  constructor(private readonly repository: SearchRepository) {}

  /** By their paths, also those in the stack trace of another machine. Path → how surely the file is meant. */
  async byPath(snapshotId: string, text: string): Promise<Map<string, number>> {
    const names = pathsIn(text);
    return names.length === 0 ? new Map() : sureness(await this.repository.byNames(snapshotId, names, MOST_MEANT.path));
  }

  /** By what stands in them word for word: a message, a string. Path → how surely the file is meant. */
  async byQuote(snapshot: SnapshotSize, text: string): Promise<Map<string, number>> {
    const quotes = quotedIn(text);
    return quotes.length === 0
      ? new Map()
      : sureness(await this.repository.byQuotes(snapshot, quotes, MOST_MEANT.quote));
  }
}

/** The more files a name may mean, the less each of them. */
function sureness(mentions: readonly Mention[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { path, files } of mentions) found.set(path, (found.get(path) ?? 0) + 1 / files);
  return found;
}
