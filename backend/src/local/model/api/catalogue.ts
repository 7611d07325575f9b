const CREATED = 1_764_000_000;
const CONTEXT_LENGTH = 128_000;

export interface LocalModel {
  readonly id: string;
  readonly name: string;
  readonly contextLength: number;
  /** US dollars a token. */
  readonly promptPrice: number;
  readonly completionPrice: number;
}

/** The same stand-in twice: for nothing, and at a price, so that limits on cost can be tried. */
export const MODELS: readonly LocalModel[] = [
  {
    id: 'local/stand-in',
    name: 'Local stand-in (quotes and replays, does not reason)',
    contextLength: CONTEXT_LENGTH,
    promptPrice: 0,
    completionPrice: 0,
  },
  {
    id: 'local/stand-in-priced',
    name: 'Local stand-in with a pretended price',
    contextLength: CONTEXT_LENGTH,
    promptPrice: 0.000_01,
    completionPrice: 0.000_04,
  },
];

/** The answer of `GET /models`, in OpenRouter's form. */
export function listing(): unknown {
  return {
    object: 'list',
    data: MODELS.map((model) => ({
      id: model.id,
      object: 'model',
      created: CREATED,
      owned_by: 'yudai',
      name: model.name,
      context_length: model.contextLength,
      pricing: { prompt: decimal(model.promptPrice), completion: decimal(model.completionPrice) },
      supported_parameters: ['max_tokens', 'temperature', 'tools', 'response_format'],
    })),
  };
}

function decimal(value: number): string {
  return value === 0 ? '0' : value.toFixed(8).replace(/0+$/, '');
}
