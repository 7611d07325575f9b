import { Injectable } from '@nestjs/common';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { Embedder } from '../model/embedder.js';
import type { FoundChunk } from '../repositories/found.js';
import { SearchRepository } from '../repositories/search.repository.js';
import type { QuestionText } from '../text/question.js';

/** So many that a file is not left out because others have hundreds of chunks that are a little nearer. */
const CANDIDATES = 1_000;
/** Cosine under which a nearest vector is a coincidence. */
const LEAST_SIMILARITY = 0.2;

export interface Nearness {
  /** Best first. */
  readonly chunks: readonly FoundChunk[];
  /** Cosine of the nearest vector; null where there is none to compare with. */
  readonly similarity: number | null;
}

const NOTHING_TO_COMPARE: Nearness = { chunks: [], similarity: null };

/** Chunks whose meaning is near that of a question. */
@Injectable()
export class MeaningSearch {
  constructor(
    private readonly repository: SearchRepository,
    private readonly embedder: Embedder,
  ) {}

  /** Nothing is compared where the model is not at hand any more that has read the snapshot. */
  async near({ id, chunks, recipe }: IndexSnapshot, question: QuestionText, tests: boolean): Promise<Nearness> {
    const vector = await this.vectorOf(recipe, question);
    if (!vector) return NOTHING_TO_COMPARE;
    const nearest = await this.repository.byVector(id, vector, CANDIDATES, { chunks, tests });
    return { chunks: nearest.filter(({ score }) => score >= LEAST_SIMILARITY), similarity: nearest[0]?.score ?? null };
  }

  /** Half way between the title's, which says what it is about, and that of all of it, which says more. */
  private async vectorOf(recipe: string, { title, prose }: QuestionText): Promise<Float32Array | undefined> {
    const texts = prose === '' ? [title] : [title, `${title}\n${prose}`];
    const vectors = await this.embedder.embedQuestion(recipe, texts);
    if (!vectors) return undefined;
    const [first, whole] = vectors;
    if (!first) throw new TypeError('the embedding thread gave no vector');
    if (!whole) return first;
    const sum = first.map((value, at) => value + (whole[at] ?? 0));
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  }
}
