import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { HealthRegistry } from '../../../platform/health/health.registry.js';
import type { Model } from './model.js';
import { ModelThread } from './model-thread.js';
import { Models } from './models.js';
import type { CutFile } from './thread-protocol.js';

/** What of a question the model gets; it reads 256 tokens. */
const QUERY_CHARACTERS = 2_000;

/** The embedding models at hand, each in a thread of its own. */
@Injectable()
export class Embedder implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Embedder.name);
  private readonly current: ModelThread;
  /** By id; they are loaded only where something is left that was read with them. */
  private readonly former = new Map<string, ModelThread>();
  private readonly missed = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly models: Models,
    private readonly health: HealthRegistry,
  ) {
    this.current = new ModelThread(models.current, config.EMBEDDINGS_THREADS);
  }

  /** @throws DomainError `embeddings.model`: the process must not serve with other files than those that were chosen. */
  async onModuleInit(): Promise<void> {
    this.health.register('model', async () => {
      await this.current.started();
    });
    await this.current.started();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.current, ...this.former.values()].map((thread) => thread.stop()));
  }

  /**
   * The vectors of a question's parts, of length 1, comparable to those of the recipe's contents; undefined when the model that
   * made them is not at hand any more.
   */
  async embedQuestion(recipe: string, texts: readonly string[]): Promise<readonly Float32Array[] | undefined> {
    const model = this.models.behind(recipe);
    if (!model) {
      this.miss(recipe);
      return undefined;
    }
    return vectorsBy(
      this.threadOf(model),
      texts.map((text) => text.slice(0, QUERY_CHARACTERS)),
    );
  }

  /** Cuts a file into chunks; `name` without folders. */
  async cut(name: string, text: string): Promise<CutFile> {
    const answer = await this.current.ask({ kind: 'cut', name, text });
    if (!('file' in answer)) throw new TypeError('the embedding thread answered something else');
    return answer.file;
  }

  /** A vector of length 1 for each text, by the current model. Ask for few at a time: questions wait until they are done. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return vectorsBy(this.current, texts);
  }

  private threadOf(model: Model): ModelThread {
    if (model.id === this.models.current.id) return this.current;
    const known = this.former.get(model.id) ?? new ModelThread(model, this.config.EMBEDDINGS_THREADS);
    this.former.set(model.id, known);
    return known;
  }

  private miss(recipe: string): void {
    if (!this.missed.has(recipe))
      this.logger.warn({
        message: 'a former model is not at hand: what it has read is not searched by meaning until it is read anew',
        recipe,
      });
    this.missed.add(recipe);
  }
}

async function vectorsBy(thread: ModelThread, texts: readonly string[]): Promise<readonly Float32Array[]> {
  const answer = await thread.ask({ kind: 'embed', texts });
  if (!('vectors' in answer)) throw new TypeError('the embedding thread answered something else');
  return answer.vectors;
}
