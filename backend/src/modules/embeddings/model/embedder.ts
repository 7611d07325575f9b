import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { HealthRegistry } from '../../../platform/health/health.registry.js';
import type { Model } from './model.js';
import { ModelPool } from './model-pool.js';
import { Models } from './models.js';
import type { CutFile, ThreadWork } from './thread-protocol.js';

/** What of a question the model gets; it reads 256 tokens. */
const QUERY_CHARACTERS = 2_000;

/** The embedding models at hand, each in threads of its own. */
@Injectable()
export class Embedder implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Embedder.name);
  private readonly current: ModelPool;
  /** By id; they are loaded only where something is left that was read with them. */
  private readonly former = new Map<string, ModelPool>();
  private readonly missed = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly models: Models,
    private readonly health: HealthRegistry,
  ) {
    this.current = new ModelPool(models.current, config.EMBEDDINGS_THREADS);
  }

  /** @throws DomainError `embeddings.model`: the process must not serve with other files than those that were chosen. */
  async onModuleInit(): Promise<void> {
    this.health.register('model', () => this.current.started());
    await this.current.started();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.current, ...this.former.values()].map((pool) => pool.stop()));
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
    const pool = this.poolOf(model);
    const parts = texts.map((text) => vectorsBy(pool, { kind: 'question', texts: [text.slice(0, QUERY_CHARACTERS)] }));
    return (await Promise.all(parts)).flat();
  }

  /** How many texts are embedded at the same time. */
  get width(): number {
    return this.config.EMBEDDINGS_THREADS;
  }

  /** Cuts a file into chunks; `name` without folders. */
  async cut(name: string, text: string): Promise<CutFile> {
    const answer = await this.current.ask({ kind: 'cut', name, text });
    if (!('file' in answer)) throw new TypeError('the embedding thread answered something else');
    return answer.file;
  }

  /** A vector of length 1 for each text, by the current model. Ask for few at a time: questions wait until a thread is done. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return vectorsBy(this.current, { kind: 'embed', texts });
  }

  private poolOf(model: Model): ModelPool {
    if (model.id === this.models.current.id) return this.current;
    const known = this.former.get(model.id) ?? new ModelPool(model, this.config.EMBEDDINGS_THREADS);
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

async function vectorsBy(pool: ModelPool, work: ThreadWork): Promise<readonly Float32Array[]> {
  const answer = await pool.ask(work);
  if (!('vectors' in answer)) throw new TypeError('the embedding thread answered something else');
  return answer.vectors;
}
