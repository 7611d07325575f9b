import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { ModelCatalogue } from './model-catalogue.js';

/** Other models count by other vocabularies than ours: a prompt may have so much more than we count. */
export const PROMPT_MARGIN = 1.1;
/** Models of the o200k vocabulary, by which we count. */
const OURS = /(?:^|\/)(?:gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-oss|chatgpt-4o|o[1-9])/;
/** What an answer begins with. */
const PRIMING_TOKENS = 16;

/** What a model can be given at once. */
export interface PromptWindow {
  /** Prompt and answer together, by the model's own count. */
  readonly tokens: number;
  /** The most that a prompt may have by our count, so that so much is left for the answer. */
  promptTokens(answer: number): number;
}

/** How much fits into each model. */
@Injectable()
export class PromptWindows {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly catalogue: ModelCatalogue,
  ) {}

  /** LLM_CONTEXT_TOKENS, or less where the catalogue says that the model (the standard one, if none is named) takes less. */
  async of(model: string | null): Promise<PromptWindow> {
    const { LLM_CONTEXT_TOKENS: bound, LLM_MODEL: standard } = this.config;
    const id = model ?? standard;
    const tokens = Math.min(bound, (await this.catalogue.contextOf(id)) ?? bound);
    const margin = OURS.test(id) ? 1 : PROMPT_MARGIN;
    return { tokens, promptTokens: (answer) => Math.floor((tokens - answer - PRIMING_TOKENS) / margin) };
  }
}
