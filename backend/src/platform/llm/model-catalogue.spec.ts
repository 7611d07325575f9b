import { OpenAI } from 'openai';
import type { Config } from '../config/config.js';
import { ModelCatalogue } from './model-catalogue.js';

function catalogueOf(answer: () => Promise<unknown>): { catalogue: ModelCatalogue; asked: () => number } {
  let asked = 0;
  const fetch = async (): Promise<Response> => {
    asked += 1;
    return Response.json(await answer());
  };
  const openai = new OpenAI({ apiKey: 'key', baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0, fetch });
  return { catalogue: new ModelCatalogue(openai, { LLM_TIMEOUT_SECONDS: 5 } as Config), asked: () => asked };
}

const OPENROUTER = {
  id: 'maker/model',
  name: 'Maker: Model',
  context_length: 200_000,
  pricing: { prompt: '0.000003', completion: '0.000015' },
  supported_parameters: ['tools', 'max_tokens'],
};

describe('model catalogue', () => {
  it("reads OpenRouter's list, prices a million tokens", async () => {
    const { catalogue } = catalogueOf(() => Promise.resolve({ data: [OPENROUTER] }));
    expect(await catalogue.list()).toEqual([
      {
        id: 'maker/model',
        name: 'Maker: Model',
        contextLength: 200_000,
        promptPricePerMTok: 3,
        completionPricePerMTok: 15,
        tools: true,
      },
    ]);
  });

  it('says null where the list says nothing or something senseless', async () => {
    const { catalogue } = catalogueOf(() =>
      Promise.resolve({ data: [{ id: 'gpt' }, { id: 'router', pricing: { prompt: '-1', completion: '-1' } }] }),
    );
    const unknown = { contextLength: null, promptPricePerMTok: null, completionPricePerMTok: null, tools: null };
    expect(await catalogue.list()).toEqual([
      { id: 'gpt', name: 'gpt', ...unknown },
      { id: 'router', name: 'router', ...unknown },
    ]);
  });

  it('asks once for many who ask at the same time, and keeps the answer', async () => {
    const { catalogue, asked } = catalogueOf(() => Promise.resolve({ data: [OPENROUTER] }));
    await Promise.all([catalogue.list(), catalogue.list(), catalogue.find('maker/model')]);
    await catalogue.list();
    expect(asked()).toBe(1);
  });

  it('does not keep a failure', async () => {
    let broken = true;
    const { catalogue } = catalogueOf(() => {
      if (broken) throw new Error('connection refused');
      return Promise.resolve({ data: [OPENROUTER] });
    });
    await expect(catalogue.list()).rejects.toMatchObject({ code: 'llm.unavailable', kind: 'unavailable' });
    broken = false;
    expect(await catalogue.find('maker/model')).toBeDefined();
  });

  it('refuses an answer of an unknown form', async () => {
    const { catalogue } = catalogueOf(() => Promise.resolve({ models: [] }));
    await expect(catalogue.list()).rejects.toMatchObject({ code: 'llm.bad-answer', kind: 'upstream' });
  });
});
