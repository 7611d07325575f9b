import { newId } from '../src/platform/database/ids.js';
import { type Figure, median, timed } from './figure.js';
import type { Fixture } from './fixture.js';

const ROUNDS = 10;
const QUESTION = 'How are the pages of the list made?';

/** From the sent question to the first piece of the answer, beside the model's own first piece for the same prompt. */
export async function chat({ stack, member, sample }: Fixture): Promise<Figure[]> {
  const product: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    product.push(
      await timed(async () => {
        const body = { text: QUESTION, clientMessageId: newId() };
        const path = `/api/sessions/${sample.id}/messages`;
        const { body: sent } = await member.post<{ answer: { id: string } }>(path, body);
        for await (const { event } of member.stream(`${path}/${sent.answer.id}/stream`)) if (event === 'delta') break;
      }),
    );
  }
  const prompts = await promptsSent(stack.modelUrl);
  const model: number[] = [];
  for (const prompt of prompts.slice(-ROUNDS)) model.push(await timed(() => firstPiece(stack, prompt)));
  return [
    {
      what: 'chat, to the first piece',
      value: median(product),
      unit: 'ms',
      reference: { what: 'the model alone, same prompt', value: median(model) },
    },
  ];
}

/** What the model was asked, as it remembers it. */
async function promptsSent(modelUrl: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${modelUrl}/_model/ledger`);
  const { items } = (await answer.json()) as { items: { body: Record<string, unknown> }[] };
  return items.map(({ body }) => body).filter((body) => body['stream'] === true);
}

async function firstPiece(stack: Fixture['stack'], prompt: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${stack.modelUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.env['LLM_API_KEY'] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(prompt),
  });
  const reader = answer.body?.getReader();
  await reader?.read();
  await reader?.cancel();
}
