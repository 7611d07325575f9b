import type { FoundChunk } from '../repositories/found.js';
import { categoryOf, isChangelog, isExample, isTest } from '../text/file-kind.js';

/** What one way of looking has found. */
export interface Found {
  /** Path → score; those of different parts are not comparable. */
  readonly files: ReadonlyMap<string, number>;
  /** Where in them, as far as the part knows. */
  readonly chunks: readonly FoundChunk[];
}

export interface Part extends Found {
  /** How much the best of it counts. */
  readonly weight: number;
}

/** Files whose kind is asked for stand where their scores put them. */
export interface Wanted {
  readonly tests: boolean;
  readonly docs: boolean;
}

export interface FoundSpan extends FoundChunk {
  /** Of all parts together, 0–1. */
  readonly fused: number;
}

export interface FoundFile {
  readonly path: string;
  /** 0–1: 1 is the best of every part. */
  readonly score: number;
  /** Best first; none where only the path was found. */
  readonly spans: readonly FoundSpan[];
}

/** The code itself is what is asked for; others repeat its words: tests what they test, documents what they tell of. */
const FACTORS = { test: 0.4, changes: 0.3, aside: 0.5 };

/**
 * Adds up what the parts say of a file, each score as a share of the part's best. Measured against adding up places
 * (reciprocal rank fusion), which does not know how far the first is ahead, and against shares of the range.
 */
export function fuse(parts: readonly Part[], wanted: Wanted): FoundFile[] {
  const counted = parts.filter(({ files }) => files.size > 0);
  const most = counted.reduce((total, { weight }) => total + weight, 0);
  const files = new Map<string, number>();
  const spans = new Map<string, FoundSpan>();
  for (const { weight, files: found, chunks } of counted) {
    const scores = [...found].map(([path, score]) => [path, score * factorOf(path, wanted)] as const);
    const best = largest(scores.map(([, score]) => score));
    for (const [path, score] of scores) add(files, path, ((score / best) * weight) / most);
    const bestChunk = largest(chunks.map(({ score }) => score));
    for (const chunk of chunks) {
      const key = `${chunk.chunkId} ${chunk.path}`;
      const share = ((chunk.score / bestChunk) * weight) / most;
      spans.set(key, { ...chunk, fused: (spans.get(key)?.fused ?? 0) + share });
    }
  }
  const byPath = Map.groupBy(spans.values(), ({ path }) => path);
  return [...files]
    .map(([path, score]) => ({
      ...{ path, score },
      spans: [...(byPath.get(path) ?? [])].sort((a, b) => b.fused - a.fused || a.startLine - b.startLine),
    }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

const largest = (scores: readonly number[]): number => scores.reduce((most, score) => Math.max(most, score), 0) || 1;

function add(scores: Map<string, number>, path: string, score: number): void {
  scores.set(path, (scores.get(path) ?? 0) + score);
}

function factorOf(path: string, { tests, docs }: Wanted): number {
  if (isTest(path)) return tests ? 1 : FACTORS.test;
  if (isChangelog(path)) return docs ? 1 : FACTORS.changes;
  const category = categoryOf(path);
  if (category === 'docs') return docs ? 1 : FACTORS.aside;
  return category === 'code' && !isExample(path) ? 1 : FACTORS.aside;
}

/** The best of a file's chunks, and `rest` of the next five, ever less. @param chunks those of one file, best first. */
export function worthOf(chunks: readonly FoundChunk[], rest: number): number {
  return chunks.slice(0, 6).reduce((worth, { score }, at) => worth + (at === 0 ? score : (rest * score) / at), 0);
}

/** Path → what its chunks are worth. */
export function byFile(chunks: readonly FoundChunk[], rest: number): Map<string, number> {
  const grouped = Map.groupBy(chunks, ({ path }) => path);
  return new Map([...grouped].map(([path, found]) => [path, worthOf(found, rest)]));
}
