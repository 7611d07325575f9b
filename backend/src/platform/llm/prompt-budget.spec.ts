import { packPrompt, type PromptPart } from './prompt-budget.js';
import { countTokens, truncateToTokens } from './tokenizer.js';

const words = (count: number): string => 'word '.repeat(count).trim();

const part = (id: string, priority: number, tokens: number, more: Partial<PromptPart> = {}): PromptPart => ({
  id,
  priority,
  text: words(tokens),
  ...more,
});

describe('prompt budget', () => {
  it('keeps everything that fits, in the order given', async () => {
    const packed = await packPrompt([part('b', 2, 10), part('a', 1, 10)], 100);
    expect(packed.parts.map(({ part: { id }, state }) => [id, state])).toEqual([
      ['b', 'whole'],
      ['a', 'whole'],
    ]);
    expect(packed.tokens).toBe(28);
  });

  it('leaves out the least important and says what it would have taken', async () => {
    const packed = await packPrompt([part('old', 9, 50), part('new', 1, 50)], 60);
    expect(packed.parts.map(({ part: { id }, state, tokens }) => [id, state, tokens])).toEqual([
      ['old', 'left-out', 54],
      ['new', 'whole', 54],
    ]);
  });

  it('condenses a part into the room that is left', async () => {
    const text = words(80);
    const condense = (room: number): string => truncateToTokens(text, room);
    const packed = await packPrompt([part('rules', 0, 20, { required: true }), part('turns', 1, 80, { condense })], 64);
    const turns = packed.parts[1];
    expect(turns?.state).toBe('condensed');
    expect(countTokens(turns?.text ?? '')).toBeLessThanOrEqual(36);
    expect(packed.tokens).toBeLessThanOrEqual(64);
  });

  it('does not trust a condenser that gives too much', async () => {
    const packed = await packPrompt([part('turns', 1, 80, { condense: () => words(70) })], 64);
    expect(packed.parts[0]).toMatchObject({ state: 'left-out', text: '' });
    expect(packed.tokens).toBe(0);
  });

  it('gives required parts their room before optional ones of higher priority', async () => {
    const packed = await packPrompt([part('card', 0, 50), part('question', 5, 50, { required: true })], 60);
    expect(packed.parts.map(({ state }) => state)).toEqual(['left-out', 'whole']);
  });

  it('refuses a prompt whose required part does not fit', async () => {
    await expect(packPrompt([part('question', 0, 100, { required: true })], 50)).rejects.toThrow(
      expect.objectContaining({ code: 'llm.prompt-too-large', kind: 'too-large' }) as Error,
    );
  });
});
