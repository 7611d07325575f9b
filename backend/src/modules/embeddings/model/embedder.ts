import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { HealthRegistry } from '../../../platform/health/health.registry.js';
import { modelStopped } from '../embeddings.errors.js';
import { EmbeddingThread } from './embedding-thread.js';
import { modelFiles, verifyModel } from './model-files.js';
import type { CutFile, ThreadAnswer, ThreadSettings, ThreadWork } from './thread-protocol.js';

/** What of a question the model gets; it reads 256 tokens. */
const QUERY_CHARACTERS = 2_000;

/** The embedding model in a thread of its own, which is started anew when it has crashed. */
@Injectable()
export class Embedder implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Embedder.name);
  private readonly settings: ThreadSettings;
  private thread: Promise<EmbeddingThread> | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly health: HealthRegistry,
  ) {
    this.settings = { files: modelFiles(config.EMBEDDINGS_MODEL_DIR), threads: config.EMBEDDINGS_THREADS };
  }

  /** @throws DomainError `embeddings.model`: the process must not serve with another model. */
  async onModuleInit(): Promise<void> {
    this.health.register('model', async () => {
      await this.started();
    });
    await this.started();
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.thread?.catch(() => undefined))?.stop();
  }

  /** The vectors of a question's parts, of length 1. */
  embedQuestion(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return this.embed(texts.map((text) => text.slice(0, QUERY_CHARACTERS)));
  }

  /** Cuts a file into chunks; `name` without folders. */
  async cut(name: string, text: string): Promise<CutFile> {
    const answer = await this.ask({ kind: 'cut', name, text });
    if (!('file' in answer)) throw new TypeError('the embedding thread answered something else');
    return answer.file;
  }

  /** A vector of length 1 for each text. Ask for few at a time: questions wait until they are done. */
  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    const answer = await this.ask({ kind: 'embed', texts });
    if (!('vectors' in answer)) throw new TypeError('the embedding thread answered something else');
    return answer.vectors;
  }

  private async ask(work: ThreadWork): Promise<ThreadAnswer> {
    const thread = await this.started();
    try {
      return await thread.ask(work);
    } catch (error) {
      if (!thread.ended) throw error;
      this.logger.error({ message: 'the embedding thread has crashed', error });
      throw modelStopped(error);
    }
  }

  private async started(): Promise<EmbeddingThread> {
    const current = (this.thread ??= this.start());
    const thread = await current;
    if (!thread.ended) return thread;
    if (this.thread === current) this.thread = this.start();
    return this.started();
  }

  private start(): Promise<EmbeddingThread> {
    const starting = verifyModel(this.settings.files).then(() => EmbeddingThread.start(this.settings));
    starting.catch(() => {
      if (this.thread === starting) this.thread = undefined;
    });
    return starting;
  }
}
