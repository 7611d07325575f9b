import { Inject, Injectable } from '@nestjs/common';
import { OpenAI } from 'openai';
import { z } from 'zod';
import { CONFIG, type Config } from '../config/config.js';
import { modelMisbehaved, toLlmError } from './llm.errors.js';

/** A model as the endpoint's catalogue describes it; null is what it does not say. */
export interface ModelInfo {
  readonly id: string;
  readonly name: string;
  /** Tokens of prompt and answer together. */
  readonly contextLength: number | null;
  /** US dollars for a million tokens. */
  readonly promptPricePerMTok: number | null;
  readonly completionPricePerMTok: number | null;
  /** Whether it can call tools; null where the catalogue does not say. */
  readonly tools: boolean | null;
}

/** US dollars for a million tokens. */
export interface Price {
  readonly prompt: number;
  readonly completion: number;
}

/** US dollars. */
export const costOf = (price: Price, prompt: number, completion: number): number =>
  (prompt * price.prompt + completion * price.completion) / 1_000_000;

/** Prices are text, dollars a token; a negative one means that it depends (routers). */
const price = z
  .union([z.string(), z.number()])
  .transform((value) => Number(value) * 1_000_000)
  .transform((value) => (Number.isFinite(value) && value >= 0 ? Number(value.toFixed(6)) : null))
  .nullish();

/** `GET /models` as OpenRouter answers it; OpenAI's own has the id only. */
const listing = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        name: z.string().max(500).nullish(),
        context_length: z.number().int().positive().nullish(),
        pricing: z.object({ prompt: price, completion: price }).nullish(),
        supported_parameters: z.array(z.string()).nullish(),
      }),
    )
    .max(20_000),
});

const KEPT_MS = 10 * 60_000;
/** How long an endpoint without a catalogue is not asked again for a price. */
const ASKED_AGAIN_MS = 60_000;

/** What models there are and what they cost, asked for at most every ten minutes. */
@Injectable()
export class ModelCatalogue {
  private kept?: { readonly models: readonly ModelInfo[]; readonly until: number };
  private asking?: Promise<readonly ModelInfo[]>;
  private failedUntil = 0;

  constructor(
    private readonly openai: OpenAI,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws DomainError of the `llm.` family when the endpoint cannot be reached or answers nonsense */
  async list(): Promise<readonly ModelInfo[]> {
    if (this.kept && this.kept.until > Date.now()) return this.kept.models;
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** The model of that id; undefined when the catalogue does not have it. */
  async find(id: string): Promise<ModelInfo | undefined> {
    return (await this.list()).find((model) => model.id === id);
  }

  /**
   * What a model costs: by the catalogue as it was last read, else LLM_PROMPT_USD_PER_MTOK and LLM_COMPLETION_USD_PER_MTOK; null
   * when neither says. A catalogue that cannot be read holds nothing up and fails nothing.
   */
  async priceOf(id: string): Promise<Price | null> {
    const { LLM_PROMPT_USD_PER_MTOK: prompt, LLM_COMPLETION_USD_PER_MTOK: completion } = this.config;
    const model = (await this.lastRead()).find((each) => each.id === id);
    if (model && model.promptPricePerMTok !== null && model.completionPricePerMTok !== null) {
      return { prompt: model.promptPricePerMTok, completion: model.completionPricePerMTok };
    }
    return prompt === undefined || completion === undefined ? null : { prompt, completion };
  }

  /** What a model takes at once, by the catalogue as it was last read; null where it does not say. */
  async contextOf(id: string): Promise<number | null> {
    return (await this.lastRead()).find((each) => each.id === id)?.contextLength ?? null;
  }

  /** Only the first reading is waited for; it is read again beside the work. */
  private async lastRead(): Promise<readonly ModelInfo[]> {
    if (this.failedUntil > Date.now()) return this.kept?.models ?? [];
    const reading = this.list().catch((): readonly ModelInfo[] => {
      this.failedUntil = Date.now() + ASKED_AGAIN_MS;
      return [];
    });
    return this.kept?.models ?? (await reading);
  }

  private async ask(): Promise<readonly ModelInfo[]> {
    const models = parse(await this.fetch());
    this.kept = { models, until: Date.now() + KEPT_MS };
    return models;
  }

  private async fetch(): Promise<unknown> {
    try {
      return await this.openai.get('/models');
    } catch (error) {
      throw toLlmError(error, this.config.LLM_TIMEOUT_SECONDS);
    }
  }
}

function parse(answer: unknown): readonly ModelInfo[] {
  const { data, error } = listing.safeParse(answer);
  if (!data) throw modelMisbehaved('its list of models has an unknown form', error);
  return data.data.map((model) => ({
    id: model.id,
    name: model.name ?? model.id,
    contextLength: model.context_length ?? null,
    promptPricePerMTok: model.pricing?.prompt ?? null,
    completionPricePerMTok: model.pricing?.completion ?? null,
    tools: model.supported_parameters?.includes('tools') ?? null,
  }));
}
