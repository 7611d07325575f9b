import { Injectable } from '@nestjs/common';
import type { PassageAnswer, SearchAnswer } from '../dto/search.dto.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import type { BranchSnapshots } from '../indexing/index-state.js';
import { SearchRepository } from '../repositories/search.repository.js';
import { type BranchRef, SnapshotsRepository } from '../repositories/snapshots.repository.js';
import { Finder, type Question } from './finder.js';
import type { FoundFile, FoundSpan } from './fusion.js';
import { bestPlaces, SPANS_PER_FILE } from './places.js';

export interface SearchWish extends Question {
  readonly limit: number;
}

/** Searching the newest ready commit of a branch. */
@Injectable()
export class SearchService {
  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly finder: Finder,
    private readonly repository: SearchRepository,
  ) {}

  /** Places in files, ranked, one row a file. Before the first index is ready there are none, and `state` says why. */
  async search(at: BranchRef, { limit, ...question }: SearchWish): Promise<SearchAnswer> {
    const start = performance.now();
    const { serving, state, files } = await this.find(at, question);
    const results = await this.withSpans(serving, files.slice(0, limit));
    const tookMs = Math.round((performance.now() - start) * 10) / 10;
    return { commit: serving?.commitSha ?? null, state, results: results.map(toResult), tookMs };
  }

  /**
   * Paths in a snapshot, whatever else of its branch is searched, ranked as `search` ranks them. An issue that was filed is
   * about something here, so its best guesses are given also where a question would be told that nothing is relevant.
   */
  async filesIn(snapshot: IndexSnapshot, { limit, ...question }: SearchWish): Promise<string[]> {
    return (await this.finder.rank(snapshot, question)).slice(0, limit).map(({ path }) => path);
  }

  /** The texts a prompt should hold, best first. */
  async passages(at: BranchRef, { limit, ...question }: SearchWish): Promise<PassageAnswer> {
    const { serving, state, files } = await this.find(at, question);
    const commit = serving?.commitSha ?? null;
    if (state !== 'ready') return { state, commit, passages: [] };
    const places = bestPlaces(await this.withSpans(serving, files.slice(0, limit)), limit);
    const texts = await this.repository.texts(places.map(({ chunkId }) => chunkId));
    const passages = places.map(({ chunkId, path, startLine, endLine, symbol, worth: score }) => ({
      ...{ path, startLine, endLine, symbol, score, text: texts.get(chunkId) ?? '' },
    }));
    return { state: passages.length > 0 ? 'found' : 'none', commit, passages };
  }

  private async find(
    at: BranchRef,
    question: Question,
  ): Promise<{ serving: IndexSnapshot | null; state: SearchAnswer['state']; files: FoundFile[] }> {
    const before = await this.snapshots.ofBranch(at);
    const state = stateOf(before);
    if (!before.serving) return { serving: null, state, files: [] };
    const files = await this.finder.find(before.serving, question);
    if (files.length > 0) return { serving: before.serving, state, files };
    // A newer commit may have taken the place of this one, and its files with it, while they were being looked for.
    const { serving } = await this.snapshots.ofBranch(at);
    const moved = serving && serving.id !== before.serving.id;
    return { serving, state, files: moved ? await this.finder.find(serving, question) : files };
  }

  /** A file of which only the path was found is shown from its beginning. */
  private async withSpans(serving: IndexSnapshot | null, files: readonly FoundFile[]): Promise<FoundFile[]> {
    const bare = files.filter(({ spans }) => spans.length === 0).map(({ path }) => path);
    if (!serving || bare.length === 0) return [...files];
    const first = new Map((await this.repository.firstChunks(serving.id, bare)).map((chunk) => [chunk.path, chunk]));
    return files.map((file) => {
      const chunk = first.get(file.path);
      const spans: FoundSpan[] = chunk ? [{ ...chunk, fused: 0 }] : [];
      return file.spans.length > 0 ? file : { ...file, spans };
    });
  }
}

function stateOf({ serving, latest }: BranchSnapshots): SearchAnswer['state'] {
  if (serving) return 'ready';
  return latest?.status === 'failed' ? 'unavailable' : 'indexing';
}

function toResult({ path, score, spans }: FoundFile): SearchAnswer['results'][number] {
  return {
    path,
    score,
    spans: spans.slice(0, SPANS_PER_FILE).map(({ startLine, endLine, symbol, fused }) => ({
      ...{ startLine, endLine, score: fused },
      ...(symbol === null ? {} : { symbol }),
    })),
  };
}
