import { Injectable } from '@nestjs/common';
import { Embedder } from '../model/embedder.js';
import type { BlobKey, EmbeddedBlob } from '../repositories/blobs.repository.js';
import { textHash } from '../repositories/texts.repository.js';
import { TextEmbedder } from './text-embedder.js';

/** Makes of a text what is stored of it. */
@Injectable()
export class BlobEmbedder {
  constructor(
    private readonly embedder: Embedder,
    private readonly texts: TextEmbedder,
  ) {}

  /** `worked` is told the share of the file that was done since the last time. */
  async embed(
    { oid, name }: BlobKey,
    text: string,
    signal: AbortSignal,
    worked: (share: number) => void,
  ): Promise<EmbeddedBlob> {
    const cut = await this.embedder.cut(name, text);
    const chunks = cut.chunks.map((chunk) => ({ ...chunk, hash: textHash(chunk.input) }));
    const texts = new Map(chunks.map(({ hash, input }) => [hash, input]));
    if (texts.size === 0) worked(1);
    else await this.texts.embed(texts, signal, (done) => worked(done / texts.size));
    return { oid, name, tokens: cut.tokens, chunks };
  }
}
