import { Injectable } from '@nestjs/common';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { Embedder } from '../model/embedder.js';
import { type FoundChunk, SearchRepository } from '../repositories/search.repository.js';
import { queryWords } from '../text/code-words.js';
import { type FoundFile, fuse } from './fusion.js';
import { pathsIn } from './paths-in.js';
import { isRelevant, rarity } from './relevance.js';

export interface Question {
  readonly query: string;
  readonly includeTests?: boolean | undefined;
}

const CANDIDATES = 100;
const WEIGHTS = { words: 1, vector: 0.8, named: 1.5, pathWords: 0.4 };
/** Words of a question that are looked up, and those of them that are ranked by. */
const WORDS = { known: 48, ranked: 16 };
/** A word is counted up to this; one that stands in as many chunks tells nothing and would cost much. */
const MOST_COUNTED = 2_000;
/** The same for small repositories, as a share of the chunks; there it ranks where no other word does. */
const COMMON_SHARE = 0.3;
/** Cosine under which a nearest vector is a coincidence. */
const LEAST_SIMILARITY = 0.2;

interface WordHits {
  readonly chunks: readonly FoundChunk[];
  /** How much of what the question asks for stands together in one of them, 0–1. */
  readonly coverage: number;
}

/** Finds the files of a snapshot that a question is about: full text, vectors and the paths it names, fused by rank. */
@Injectable()
export class Finder {
  constructor(
    private readonly repository: SearchRepository,
    private readonly embedder: Embedder,
  ) {}

  /** Best first; none when nothing in the snapshot is about it. */
  async find(snapshot: IndexSnapshot, { query, includeTests = false }: Question): Promise<FoundFile[]> {
    const words = queryWords(query, WORDS.known);
    const [hits, near, named, pathWords] = await Promise.all([
      this.byWords(snapshot, words),
      this.byVector(snapshot, query),
      this.byNames(snapshot.id, query),
      words.length === 0 ? [] : this.repository.byPathWords(snapshot.id, words, CANDIDATES),
    ]);
    const evidence = { similarity: near[0]?.score ?? 0, coverage: hits.coverage, named: named.length > 0 };
    if (!isRelevant(evidence)) return [];
    return fuse(
      [
        { entries: hits.chunks.map(entryOf), weight: WEIGHTS.words },
        { entries: near.map(entryOf), weight: WEIGHTS.vector },
        { entries: named.map((path) => ({ path })), weight: WEIGHTS.named },
        { entries: pathWords.map((path) => ({ path })), weight: WEIGHTS.pathWords },
      ].filter(({ entries }) => entries.length > 0),
      includeTests,
    );
  }

  private async byWords({ id, chunks }: IndexSnapshot, words: readonly string[]): Promise<WordHits> {
    if (words.length === 0) return { chunks: [], coverage: 0 };
    const frequencies = await this.repository.frequencies(id, words, MOST_COUNTED);
    const weighed = words.map((word) => ({ word, in: frequencies.get(word) ?? 0 }));
    const known = weighed.filter((word) => word.in > 0);
    const telling = known.filter((word) => word.in < Math.min(MOST_COUNTED, chunks * COMMON_SHARE));
    const countable = known.filter((word) => word.in < MOST_COUNTED);
    const ranked = (telling.length > 0 ? telling : countable).sort((a, b) => a.in - b.in).slice(0, WORDS.ranked);
    if (ranked.length === 0) return { chunks: [], coverage: 0 };
    const weights = new Map(ranked.map((word) => [word.word, rarity(word.in, chunks)]));
    const hits = await this.repository.byWords(id, weights, CANDIDATES);
    const asked = weighed.reduce((sum, word) => sum + rarity(word.in, chunks), 0);
    return { chunks: hits, coverage: Math.max(0, ...hits.map(({ matched }) => matched)) / asked };
  }

  private async byVector({ id, chunks }: IndexSnapshot, query: string): Promise<FoundChunk[]> {
    const vector = await this.embedder.embedQuery(query);
    const nearest = await this.repository.byVector(id, vector, CANDIDATES, { chunks });
    return nearest.filter(({ score }) => score >= LEAST_SIMILARITY);
  }

  private byNames(snapshotId: string, query: string): Promise<string[]> {
    const names = pathsIn(query);
    return names.length === 0 ? Promise.resolve([]) : this.repository.byNames(snapshotId, names, CANDIDATES);
  }
}

const entryOf = (chunk: FoundChunk): { path: string; chunk: FoundChunk } => ({ path: chunk.path, chunk });
