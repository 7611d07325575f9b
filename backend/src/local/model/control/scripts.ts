import { z } from 'zod';

const scriptSchema = z.object({
  /** Only for requests whose messages contain this text. */
  match: z.string().min(1).max(1_000),
  /** What is answered, one a request: words, and a call of a tool. */
  turns: z
    .array(
      z.object({
        text: z.string().max(500_000).default(''),
        tool: z.object({ name: z.string().min(1), argument: z.record(z.string(), z.unknown()) }).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

export type Turn = z.output<typeof scriptSchema>['turns'][number];

/** Answers that tests have written, in the place of the model's own. */
export class Scripts {
  private readonly waiting = new Map<string, Turn[]>();

  /** @throws ZodError */
  add(body: unknown): z.output<typeof scriptSchema> {
    const script = scriptSchema.parse(body);
    this.waiting.set(script.match, [...script.turns]);
    return script;
  }

  clear(): void {
    this.waiting.clear();
  }

  /** The next answer of the first script that fits; undefined for a request that the model answers by itself. */
  take(prompt: string): Turn | undefined {
    const found = [...this.waiting].find(([match]) => prompt.includes(match));
    if (!found) return undefined;
    const [match, turns] = found;
    const turn = turns.shift();
    if (turns.length === 0) this.waiting.delete(match);
    return turn;
  }
}
