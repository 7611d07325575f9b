import { Injectable } from '@nestjs/common';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import type { SnapshotSize } from '../repositories/crowd.js';
import { HistoryRepository } from '../repositories/history.repository.js';
import { type WordHits, WordsRepository } from '../repositories/words.repository.js';
import { asksFor } from '../text/asks-for.js';
import { askedWords, readQuestion } from '../text/question.js';
import { byFile, type Found, type FoundFile, fuse, type Wanted } from './fusion.js';
import { MeaningSearch } from './meaning-search.js';
import { NamedSearch } from './named-search.js';
import { type Evidence, isRelevant } from './relevance.js';

export interface Question {
  readonly query: string;
  readonly includeTests?: boolean | undefined;
}

export const WAYS = ['words', 'meaning', 'history', 'paths', 'quotes'] as const;
/** A way of looking for files. */
export type Way = (typeof WAYS)[number];

/** What a question has found, way by way. */
export interface Findings {
  readonly ways: Readonly<Record<Way, Found>>;
  readonly evidence: Evidence;
  readonly wanted: Wanted;
}

/** What the best file of each way counts; what was tried, and that little depends on it, is in docs/retrieval.md. */
export const WEIGHTS: Readonly<Record<Way, number>> = { words: 1, meaning: 0.6, history: 0.4, paths: 0.6, quotes: 0.3 };
const MOST_WORDS = 64;
const MOST_FILES = 300;
/** What a word in the path counts against one in the text. */
const PATH_SHARE = 0.5;
/** What the chunks after a file's best one count. */
const REST = { words: 0.2, meaning: 0.1 };
const NO_WORDS: WordHits = { chunks: [], asked: 0 };

/** Finds the files of a snapshot that a question is about. */
@Injectable()
export class Finder {
  constructor(
    private readonly words: WordsRepository,
    private readonly history: HistoryRepository,
    private readonly meaning: MeaningSearch,
    private readonly names: NamedSearch,
  ) {}

  /** Best first; none when nothing in the snapshot is about it. */
  async find(snapshot: IndexSnapshot, question: Question): Promise<FoundFile[]> {
    const findings = await this.look(snapshot, question);
    return isRelevant(findings.evidence) ? together(findings, WEIGHTS) : [];
  }

  /** Best first, also where nothing is near: for who knows that the question is about this repository. */
  async rank(snapshot: IndexSnapshot, question: Question): Promise<FoundFile[]> {
    return together(await this.look(snapshot, question), WEIGHTS);
  }

  async look(snapshot: IndexSnapshot, { query, includeTests = false }: Question): Promise<Findings> {
    const question = readQuestion(query);
    const words = askedWords(question, MOST_WORDS);
    const { docs, ...asked } = asksFor(question.title);
    const tests = includeTests || asked.tests;
    const speaks = words.length > 0;
    const [hits, pathWords, near, past, paths, quotes] = await Promise.all([
      speaks ? this.words.inChunks(sizeOf(snapshot), words, MOST_FILES) : NO_WORDS,
      speaks ? this.words.inPaths(snapshot.id, words) : new Map<string, number>(),
      this.meaning.near(snapshot, question, tests),
      speaks ? this.history.about(snapshot.id, words) : new Map<string, number>(),
      this.names.byPath(snapshot.id, query),
      this.names.byQuote(sizeOf(snapshot), query),
    ]);
    const coverage = Math.max(0, ...hits.chunks.map(({ matched }) => matched)) / (hits.asked || 1);
    return {
      ways: {
        words: { files: withPaths(byFile(hits.chunks, REST.words), pathWords), chunks: hits.chunks },
        meaning: { files: byFile(near.chunks, REST.meaning), chunks: near.chunks },
        history: { files: past, chunks: [] },
        paths: { files: paths, chunks: [] },
        quotes: { files: quotes, chunks: [] },
      },
      evidence: { similarity: near.similarity, coverage, named: paths.size > 0, chunks: snapshot.chunks },
      wanted: { tests, docs },
    };
  }
}

/** One ranking of all that was found; a way of weight 0 is left out. */
export function together({ ways, wanted }: Findings, weights: Readonly<Record<Way, number>>): FoundFile[] {
  return fuse(
    WAYS.filter((way) => weights[way] > 0).map((way) => ({ ...ways[way], weight: weights[way] })),
    wanted,
  );
}

const sizeOf = ({ id, chunks }: IndexSnapshot): SnapshotSize => ({ snapshotId: id, chunks });

function withPaths(files: Map<string, number>, paths: ReadonlyMap<string, number>): Map<string, number> {
  for (const [path, score] of paths) files.set(path, (files.get(path) ?? 0) + PATH_SHARE * score);
  return files;
}
