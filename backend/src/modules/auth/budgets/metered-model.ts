import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { completionOf, LlmClient } from '../../../platform/llm/llm-client.js';
import type { LlmCompletion, LlmRequest } from '../../../platform/llm/llm.types.js';
import { costOf, ModelCatalogue } from '../../../platform/llm/model-catalogue.js';
import { MeteredCall } from './metered-call.js';
import { type Payer, Spending } from './spending.js';

/** Less than the smallest call takes: who has no room for that is told so before anything is stored. */
const LEAST_TOKENS = 1_000;

/** The language model, paid for: the one way to it for everything that is done on somebody's behalf. */
@Injectable()
export class MeteredModel {
  private readonly logger = new Logger(MeteredModel.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly llm: LlmClient,
    private readonly catalogue: ModelCatalogue,
    private readonly spending: Spending,
  ) {}

  /** A call, to be streamed once. */
  async call(request: LlmRequest, payer: Payer): Promise<MeteredCall> {
    const { llm, spending, logger } = this;
    const model = request.model ?? this.config.LLM_MODEL;
    const price = await this.catalogue.priceOf(model);
    return new MeteredCall({ llm, spending, logger, request, payer, model, price });
  }

  /** The whole answer at once. @throws as `MeteredCall.stream` */
  async complete(request: LlmRequest, payer: Payer): Promise<LlmCompletion> {
    return completionOf((await this.call(request, payer)).stream());
  }

  /** @throws DomainError `auth.budget-exceeded` (429) or `llm.price-unknown` (503) for whom no call could be made now. */
  async ensureRoom(userId: string): Promise<void> {
    const model = this.config.LLM_MODEL;
    const price = await this.catalogue.priceOf(model);
    await this.spending.ensureRoom(userId, {
      model,
      tokens: LEAST_TOKENS,
      costUsd: price && costOf(price, LEAST_TOKENS, 0),
    });
  }
}
