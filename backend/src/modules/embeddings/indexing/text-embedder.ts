import { Injectable } from '@nestjs/common';
import { Embedder } from '../model/embedder.js';
import { type EmbeddedText, TextsRepository } from '../repositories/texts.repository.js';
import { inLanes } from './lanes.js';

/** What the model is to read, by its hash. */
export type Texts = ReadonlyMap<string, string>;

/** Few, because a question waits for a thread: 0.08 s on a quick machine, 0.16 on a slow one. */
const AT_ONCE = 8;

/** Has every text embedded and stored once, whoever asks for it. */
@Injectable()
export class TextEmbedder {
  /** By hash, what this process is embedding, so that nobody here embeds it beside. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly embedder: Embedder,
    private readonly texts: TextsRepository,
  ) {}

  /**
   * Each vector is stored as soon as it is there, so nothing is computed again after a crash. `worked` is told how many of the
   * texts were dealt with since the last time. Where somebody else's work fails that was waited for, its texts are not there.
   */
  async embed(texts: Texts, signal: AbortSignal, worked: (texts: number) => void): Promise<void> {
    const theirs = [...texts.keys()].flatMap((hash) => this.underWay.get(hash) ?? []);
    const mine = new Map([...texts].filter(([hash]) => !this.underWay.has(hash)));
    worked(theirs.length);
    // Claimed before it is looked up: what another has finished by then is found, what is claimed by now is waited for.
    const work = this.embedUnknown(mine, signal, worked);
    for (const hash of mine.keys()) this.underWay.set(hash, work);
    try {
      await work;
    } finally {
      for (const hash of mine.keys()) this.underWay.delete(hash);
    }
    await Promise.allSettled(theirs);
  }

  private async embedUnknown(texts: Texts, signal: AbortSignal, worked: (texts: number) => void): Promise<void> {
    const known = await this.texts.known([...texts.keys()]);
    worked(known.size);
    const unknown = [...texts].filter(([hash]) => !known.has(hash));
    await inLanes(this.embedder.width, portions(unknown), async (some) => {
      signal.throwIfAborted();
      const vectors = await this.embedder.embed(some.map(([, text]) => text));
      await this.texts.store(some.map(([hash], index) => withVector(hash, vectors[index])));
      worked(some.length);
    });
  }
}

function* portions<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += AT_ONCE) yield items.slice(at, at + AT_ONCE);
}

function withVector(hash: string, vector: Float32Array | undefined): EmbeddedText {
  if (!vector) throw new TypeError('the embedding thread gave too few vectors');
  return { hash, vector };
}
