import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { ModelCatalogue } from '../../platform/llm/model-catalogue.js';
import type { AiModel } from './entities/ai-model.entity.js';
import { AiModelsRepository } from './repositories/ai-models.repository.js';
import { unknownModel } from './solver.errors.js';

const FRESH_MS = 10 * 60 * 1_000;

export type CatalogueModel = Omit<AiModel, 'refreshedAt'>;

/** The provider's models. What was last read is kept and answers while the provider does not. */
@Injectable()
export class ModelsService {
  private readonly logger = new Logger(ModelsService.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly catalogue: ModelCatalogue,
    private readonly models: AiModelsRepository,
  ) {}

  /** @throws DomainError of the model client when the catalogue was never read and cannot be read now. */
  async list(): Promise<readonly CatalogueModel[]> {
    const stored = await this.models.list();
    const oldest = Math.min(...stored.map(({ refreshedAt }) => refreshedAt.getTime()));
    if (stored.length > 0 && Date.now() - oldest < FRESH_MS) return stored;
    try {
      const current = await this.catalogue.list();
      const models = current.map((model) => ({
        id: model.id,
        name: model.name,
        contextLength: model.contextLength,
        promptPricePerMTok: model.promptPricePerMTok,
        completionPricePerMTok: model.completionPricePerMTok,
      }));
      await this.models.replace(models);
      return models;
    } catch (error) {
      if (stored.length === 0) throw error;
      this.logger.warn({ message: 'model catalogue not refreshed', error });
      return stored;
    }
  }

  /** The model that is asked for, if the catalogue has it; the deployment's own without a wish, which needs no catalogue. */
  async choose(wish: string | undefined): Promise<string> {
    if (wish === undefined || wish === this.config.LLM_MODEL) return this.config.LLM_MODEL;
    const models = await this.list();
    if (!models.some(({ id }) => id === wish)) throw unknownModel(wish);
    return wish;
  }

  isStandard(model: string): boolean {
    return model === this.config.LLM_MODEL;
  }
}
