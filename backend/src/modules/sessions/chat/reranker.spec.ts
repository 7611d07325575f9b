import { Logger } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import type { LlmRequest } from '../../../platform/llm/llm.types.js';
import type { MeteredModel } from '../../auth/index.js';
import type { Passage } from '../../embeddings/index.js';
import { Reranker } from './reranker.js';

// The reasons are logged; only what comes of them is looked at here.
beforeAll(() => {
  Logger.overrideLogger(false);
});

const passage = (path: string, text = `the text of ${path}`): Passage => ({
  ...{ path, text, startLine: 1, endLine: 3, symbol: null, score: 0.5 },
});
const FOUND = [passage('a.ts'), passage('b.ts'), passage('c.ts')];
const payer = { userId: 'u', kind: 'chat', ref: 'm', repository: 'acme/shop' } as const;

/** A model that answers what the test says, and what it was asked. */
function modelThat(answer: () => Promise<string>) {
  const asked: LlmRequest[] = [];
  const complete = async (request: LlmRequest): Promise<{ text: string }> => {
    asked.push(request);
    return { text: await answer() };
  };
  return { asked, model: { complete } as unknown as MeteredModel };
}

async function ordered(
  answer: () => Promise<string>,
  { on = true, found = FOUND, signal = new AbortController().signal } = {},
): Promise<{ paths: string[]; asked: readonly LlmRequest[] }> {
  const { asked, model } = modelThat(answer);
  const reranker = new Reranker({ SEARCH_RERANK: on, LLM_CONTEXT_TOKENS: 2_000 } as Config, model);
  const passages = await reranker.order(found, { question: 'Which one?', payer, signal });
  return { paths: passages.map(({ path }) => path), asked };
}

describe('the order of what was found', () => {
  it("is the model's where the deployment wants that; what it leaves out follows, what it invents is not heard", async () => {
    const { paths, asked } = await ordered(() => Promise.resolve('{"passages":[3,99,0,3]}'));
    expect(paths).toEqual(['c.ts', 'a.ts', 'b.ts']);
    expect(asked[0]?.messages.at(-1)).toEqual({ role: 'user', content: 'Which one?' });
    expect(asked[0]?.messages[0]?.content).toMatch(
      /kind="span" number="3" path="c.ts" lines="1-3">\nthe text of c.ts\n/,
    );
  });

  it('is that of the search otherwise, and the model is not asked', async () => {
    const { paths, asked } = await ordered(() => Promise.resolve('{"passages":[3]}'), { on: false });
    expect(paths).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(asked).toEqual([]);
  });

  it.each<[string, () => Promise<string>]>([
    ['fails', () => Promise.reject(new Error('no credit'))],
    ['says something else', () => Promise.resolve('Happy to help!')],
    ['gives no numbers', () => Promise.resolve('{"passages":["c.ts"]}')],
  ])('is that of the search when the model %s', async (_name, answer) => {
    expect((await ordered(answer)).paths).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  it('is asked for with no more than a third of the context', async () => {
    const found = Array.from({ length: 16 }, (_, at) => passage(`${at}.ts`, 'many words of code '.repeat(40)));
    const { paths, asked } = await ordered(() => Promise.resolve('{"passages":[2]}'), { found });
    expect(paths).toHaveLength(16);
    expect(asked[0]?.messages[0]?.content.match(/kind="span"/g)?.length).toBeLessThan(8);
  });

  it('is not waited for any more when the answer is stopped', async () => {
    const stop = new AbortController();
    const stopped = new Error('stopped');
    const asking = ordered(
      () => {
        stop.abort(stopped);
        return Promise.reject(stopped);
      },
      { signal: stop.signal },
    );
    await expect(asking).rejects.toBe(stopped);
  });
});
