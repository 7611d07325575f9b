import { Logger } from '@nestjs/common';
import { modelStopped } from '../embeddings.errors.js';
import { EmbeddingThread } from './embedding-thread.js';
import { verifyFiles } from './model-files.js';
import type { Model } from './model.js';
import type { ThreadAnswer, ThreadWork } from './thread-protocol.js';

/** A model in a thread of its own, on one processor, which is started when it is first needed, and anew when it has crashed. */
export class ModelThread {
  private readonly logger = new Logger(ModelThread.name);
  private thread: Promise<EmbeddingThread> | undefined;

  constructor(private readonly model: Model) {}

  /** @throws DomainError `embeddings.model` where its files are not what they must be. */
  async started(): Promise<EmbeddingThread> {
    const current = (this.thread ??= this.start());
    const thread = await current;
    if (!thread.ended) return thread;
    if (this.thread === current) this.thread = this.start();
    return this.started();
  }

  async ask(work: ThreadWork): Promise<ThreadAnswer> {
    const thread = await this.started();
    try {
      return await thread.ask(work);
    } catch (error) {
      if (!thread.ended) throw error;
      this.logger.error({ message: 'the embedding thread has crashed', error });
      throw modelStopped(error);
    }
  }

  async stop(): Promise<void> {
    await (await this.thread?.catch(() => undefined))?.stop();
  }

  private start(): Promise<EmbeddingThread> {
    const { files, dimension, sha256 } = this.model;
    const starting = verifyFiles(files, sha256).then(() => EmbeddingThread.start({ files, dimension }));
    starting.catch(() => {
      if (this.thread === starting) this.thread = undefined;
    });
    return starting;
  }
}
