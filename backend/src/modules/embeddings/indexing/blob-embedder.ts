import { Injectable } from '@nestjs/common';
import { Embedder } from '../model/embedder.js';
import type { BlobKey, EmbeddedBlob, EmbeddedChunk } from '../repositories/blobs.repository.js';

/** Few, because questions wait in the same line: about a tenth of a second. */
const AT_ONCE = 4;

/** Makes of a text what is stored of it. */
@Injectable()
export class BlobEmbedder {
  constructor(private readonly embedder: Embedder) {}

  /** `worked` is told the share of the file that was done since the last time. */
  async embed(
    { oid, name }: BlobKey,
    text: string,
    signal: AbortSignal,
    worked: (share: number) => void,
  ): Promise<EmbeddedBlob> {
    const { tokens, chunks } = await this.embedder.cut(name, text);
    const embedded: EmbeddedChunk[] = [];
    for (let at = 0; at < chunks.length; at += AT_ONCE) {
      signal.throwIfAborted();
      const some = chunks.slice(at, at + AT_ONCE);
      const vectors = await this.embedder.embed(some.map(({ input }) => input));
      some.forEach((chunk, index) => {
        const vector = vectors[index];
        if (vector) embedded.push({ ...chunk, vector });
      });
      worked(some.length / chunks.length);
    }
    if (chunks.length === 0) worked(1);
    return { oid, name, tokens, chunks: embedded };
  }
}
