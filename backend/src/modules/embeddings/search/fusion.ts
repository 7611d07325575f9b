import type { FoundChunk } from '../repositories/search.repository.js';
import { categoryOf, isChangelog, isExample, isTest } from '../text/file-kind.js';

export interface Ranking {
  /** Best first; a chunk where it is known which one. */
  readonly entries: readonly { readonly path: string; readonly chunk?: FoundChunk }[];
  /** How much a place in this ranking counts. */
  readonly weight: number;
}

export interface FoundSpan extends FoundChunk {
  /** Of all rankings together, 0–1. */
  readonly fused: number;
}

export interface FoundFile {
  readonly path: string;
  /** 0–1: 1 is the first place in every ranking. */
  readonly score: number;
  /** Best first; none where only the path was found. */
  readonly spans: readonly FoundSpan[];
}

/** Cormack, Clarke & Büttcher 2009, "Reciprocal rank fusion": the constant that damps the first places. */
const DAMPING = 60;
/** The code itself is what is asked for; others repeat its words: tests what they test, unless somebody asks for them. */
const FACTORS = { test: 0.5, changes: 0.5, docs: 0.9 };

/**
 * Puts rankings of chunks together to one of files. A file's place in a ranking is that of its best chunk; what counts is
 * the place, so scores of different kinds need not be comparable.
 */
export function fuse(rankings: readonly Ranking[], includeTests: boolean): FoundFile[] {
  const most = rankings.reduce((total, { weight }) => total + weight / (DAMPING + 1), 0);
  const files = new Map<string, number>();
  const spans = new Map<string, FoundSpan>();
  for (const { entries, weight } of rankings) {
    const seen = new Map<string, number>();
    entries.forEach(({ path, chunk }, at) => {
      if (!seen.has(path)) seen.set(path, seen.size + 1);
      if (!chunk) return;
      const key = `${chunk.chunkId} ${path}`;
      spans.set(key, { ...chunk, fused: (spans.get(key)?.fused ?? 0) + weight / (DAMPING + at + 1) / most });
    });
    for (const [path, rank] of seen) files.set(path, (files.get(path) ?? 0) + weight / (DAMPING + rank) / most);
  }
  const byPath = Map.groupBy(spans.values(), ({ path }) => path);
  return [...files]
    .map(([path, score]) => ({
      path,
      score: score * factorOf(path, includeTests),
      spans: [...(byPath.get(path) ?? [])].sort((a, b) => b.fused - a.fused || a.startLine - b.startLine),
    }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

function factorOf(path: string, includeTests: boolean): number {
  if (isTest(path)) return includeTests ? 1 : FACTORS.test;
  if (isChangelog(path)) return FACTORS.changes;
  return isExample(path) || categoryOf(path) === 'docs' ? FACTORS.docs : 1;
}
