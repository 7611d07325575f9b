import { Injectable } from '@nestjs/common';
import { SearchRepository } from '../repositories/search.repository.js';
import { quotedIn } from './quoted-in.js';
import { pathsIn } from './paths-in.js';

/** What names more files than `most` means none of them; a quote may stand somewhere by chance. */
const PATHS = { most: 3, worth: 1 };
const QUOTES = { most: 5, worth: 0.5 };

/** Files that a text names, by their path or by what stands in them word for word. */
@Injectable()
export class NamedSearch {
  constructor(private readonly repository: SearchRepository) {}

  /** Path → how surely it is meant: the more files a name may mean, the less. */
  async named(snapshotId: string, text: string): Promise<Map<string, number>> {
    const [paths, quotes] = [pathsIn(text), quotedIn(text)];
    const meant = await Promise.all([
      paths.length === 0 ? [] : this.repository.byNames(snapshotId, paths),
      quotes.length === 0 ? [] : this.repository.byQuotes(snapshotId, quotes),
    ]);
    const found = new Map<string, number>();
    meant.forEach((mentions, at) => {
      const { most, worth } = at === 0 ? PATHS : QUOTES;
      for (const files of Map.groupBy(mentions, ({ mention }) => mention).values()) {
        if (files.length > most) continue;
        for (const { path } of files) found.set(path, (found.get(path) ?? 0) + worth / files.length);
      }
    });
    return found;
  }
}
