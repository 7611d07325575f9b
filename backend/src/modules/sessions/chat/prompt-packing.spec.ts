import { createRequire } from 'node:module';
import type * as Encoding from 'gpt-tokenizer/encoding/o200k_base';
import type { LlmMessage } from '../../../platform/llm/llm.types.js';
import { promptTokens } from '../../../platform/llm/prompt-tokens.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { Attachment } from '../entities/attachment.entity.js';
import type { Condensation } from '../entities/condensation.entity.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Message } from '../entities/message.entity.js';
import { toMessages } from './prompt-assembly.js';
import { packChat, type PackedChat } from './prompt-packing.js';
import {
  attachmentPart,
  cardPart,
  type ChatPart,
  condensationPart,
  questionPart,
  rulesPart,
  spanPart,
  turnPart,
} from './prompt-parts.js';

const boundary = new DataBoundary();
const ALPHABETS = [
  'word of text, ',
  'αβγ δε ',
  '漢字かな交じり文',
  '𓀀',
  '=====',
  '    \n',
  'if (a[b] !== null) { c(); }\n',
  '🪴👩‍👩‍👧 ',
];

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * (most + 1));
  };
}

/** Most are short, some far longer than any prompt. */
function text(roll: (most: number) => number): string {
  const alphabet = ALPHABETS[roll(ALPHABETS.length - 1)] ?? '';
  const size = [3, 30, 300, 3_000, 8_000][roll(roll(4))] ?? 0;
  return `${roll(9)} ${alphabet.repeat(Math.ceil((size * (roll(9) + 1)) / 10 / alphabet.length) + 1)}`.slice(0, 8_000);
}

const card = (id: number, content: string, { pinned = false, dropped = false, tokens = countTokens(content) } = {}) =>
  cardPart(
    { id: String(id), title: `card ${id}`, content, tokens, pinned, dropped, path: null } as ContextCard,
    boundary,
    false,
  );
const said = (id: number, words: string): Message =>
  ({ id: String(id), role: id % 2 ? 'assistant' : 'user', text: words, dropped: false }) as Message;
const condensation = { id: 'c', text: 'What was said. '.repeat(20), dropped: false } as Condensation;

function someParts(roll: (most: number) => number): ChatPart[] {
  const many = <T>(most: number, make: (at: number) => T): T[] =>
    Array.from({ length: roll(most) }, (_, at) => make(at));
  const turns = many(12, (at) => said(at, text(roll)));
  const covered = roll(turns.length);
  return [
    rulesPart(`Rules. ${boundary.rule}`),
    ...many(4, (at) => card(at, text(roll), { pinned: roll(2) === 0 })),
    ...many(2, (at) =>
      attachmentPart({ id: String(at), name: 'a', content: text(roll) } as Attachment, boundary, roll(1) === 0),
    ),
    ...many(8, (at) =>
      spanPart(
        { path: `p${at % 3}`, startLine: at, endLine: at, text: text(roll), score: 1, symbol: null },
        boundary,
        Math.floor(at / 3),
      ),
    ),
    ...(roll(1) === 0 ? [condensationPart(condensation, boundary, 9)] : []),
    ...turns.map((turn, at) => turnPart(turn, boundary, { age: turns.length - 1 - at, covered: at < covered })),
    ...(roll(3) === 0 ? [] : [questionPart(said(0, text(roll)))]),
  ];
}

describe('whatever there is to say', () => {
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);

  it('never has more than the room, and what must be said is said, shortened with a mark or refused', async () => {
    for (const seed of seeds) {
      const roll = dice(seed);
      const parts = someParts(roll);
      const budget = [1_000, 2_500, 6_000][roll(2)] ?? 0;
      const packed = await packChat(parts, budget);
      if (packed.refused) {
        expect(packed.parts.filter(({ state }) => state === 'left-out')).not.toEqual([]);
        continue;
      }
      const messages: LlmMessage[] = toMessages(packed.parts);
      expect({ seed, fits: promptTokens({ messages } as never) <= packed.tokens }).toEqual({ seed, fits: true });
      expect({ seed, fits: packed.tokens <= budget, reserved: packed.reserved >= 0 }).toEqual({
        ...{ seed, fits: true, reserved: true },
      });
      for (const { part, state, text: sent } of packed.parts) {
        if (part.pinned && part.kind !== 'question')
          expect({ seed, id: part.id, state }).toMatchObject({ state: 'whole' });
        if (part.kind !== 'question') continue;
        expect(sent === part.text || (state === 'condensed' && sent.endsWith('[… shortened]'))).toBe(true);
        expect(messages.at(-1)?.content).toBe(sent);
      }
    }
  });

  it('is given the same room with a count that was stored with it as without', async () => {
    for (const seed of seeds) {
      const parts = someParts(dice(seed));
      const uncounted = parts.map((part) => ({ ...part, atLeast: undefined }));
      const sent = ({ parts: all, tokens }: PackedChat) => [
        tokens,
        ...all.map(({ state, text: words }) => [state, words]),
      ];
      expect({ seed, sent: sent(await packChat(parts, 3_000)) }).toEqual({
        ...{ seed, sent: sent(await packChat(uncounted, 3_000)) },
      });
    }
  });

  it('takes nothing for unseen: what is not sent of a card does not count', async () => {
    const unseen = `Tests come first.${'\u200B'.repeat(3_000)}`;
    const packed = await packChat([rulesPart('Rules.'), card(1, unseen, { pinned: true })], 1_000);
    expect(packed.parts.map(({ state }) => state)).toEqual(['whole', 'whole']);
  });

  it('takes the same room before a question is asked and after, but for what was found for it', async () => {
    for (const seed of seeds) {
      const parts = someParts(dice(seed)).filter(
        ({ kind, room }) => kind !== 'question' && kind !== 'span' && room !== 'sent',
      );
      const found = [
        spanPart({ path: 'p', startLine: 1, endLine: 2, text: 'x '.repeat(200), score: 1, symbol: null }, boundary, 0),
      ];
      const before = await packChat(parts, 3_000);
      const after = await packChat([...parts, ...found, questionPart(said(0, 'Where is it? '.repeat(50)))], 3_000);
      const states = ({ parts: all }: PackedChat) =>
        all
          .filter(({ part }) => part.kind !== 'span' && part.kind !== 'question')
          .map(({ part, state }) => [part.id, state]);
      expect({ seed, states: states(after) }).toEqual({ seed, states: states(before) });
    }
  });
});

/** @returns how many tokens the vocabulary was asked for since. */
function tokensAskedFor(): () => number {
  const encoding = createRequire(import.meta.url)('gpt-tokenizer/encoding/o200k_base') as typeof Encoding;
  const { countTokens: count, encodeGenerator: encode } = encoding;
  let asked = 0;
  jest.spyOn(encoding, 'countTokens').mockImplementation((...given) => {
    const tokens = count(...given);
    asked += tokens;
    return tokens;
  });
  jest.spyOn(encoding, 'encodeGenerator').mockImplementation(function* (...given) {
    for (const word of encode(...given)) {
      asked += word.length;
      yield word;
    }
    return asked;
  });
  return () => asked;
}

describe('a session with far more at hand than a prompt has room for', () => {
  const BUDGET = 4_000;
  /** By which a long text that is left out is judged. */
  const GLANCE = 300;
  const LONG = 'It rose and fell again that day, as tides do. '.repeat(500);
  const many = (make: (at: number) => ChatPart): ChatPart[] => Array.from({ length: 60 }, (_, at) => make(at));
  const tokens = countTokens(LONG);
  afterEach(() => jest.restoreAllMocks());

  it.each<[string, ChatPart[]]>([
    ['cards', many((at) => card(at, LONG, { tokens }))],
    ['pinned cards', many((at) => card(at, LONG, { tokens, pinned: true }))],
    ['cards that were left out', many((at) => card(at, LONG, { tokens, dropped: true }))],
    [
      'uploads',
      many((at) => attachmentPart({ id: String(at), name: 'a', content: LONG } as Attachment, boundary, false)),
    ],
    ['turns', many((at) => turnPart(said(at, LONG), boundary, { age: 60 - at, covered: at < 30 }))],
    [
      'turns left out',
      many((at) => turnPart({ ...said(at, LONG), dropped: true }, boundary, { age: 0, covered: false })),
    ],
  ])('has no more of them counted than a few prompts hold: %s', async (_, parts) => {
    const asked = tokensAskedFor();
    const packed = await packChat([rulesPart('Rules.'), condensationPart(condensation, boundary, 9), ...parts], BUDGET);
    expect(packed.tokens).toBeLessThanOrEqual(BUDGET);
    expect(asked()).toBeLessThan(5 * BUDGET + parts.length * GLANCE);
    for (const { state, part, tokens: shown } of packed.parts)
      if (state === 'left-out') expect([part.id, Math.abs(shown - tokens) < tokens / 10]).toEqual([part.id, true]);
  });
});

describe('what was found in the repository', () => {
  it('comes from many files where the room is small: the best of each before the second of any', async () => {
    const spans = ['a', 'a', 'a', 'b', 'c'].map((path, at) =>
      spanPart(
        { path, startLine: at + 1, endLine: at + 1, text: 'word '.repeat(200), score: 1 - at / 10, symbol: null },
        boundary,
        path === 'a' ? at : 0,
      ),
    );
    const packed = await packChat([rulesPart('Rules.'), ...spans, questionPart(said(0, 'Where?'))], 850);
    const taken = packed.parts.filter(({ part, state }) => part.kind === 'span' && state === 'whole');
    expect(taken.map(({ part }) => part.title)).toEqual(['a:1-1', 'b:4-4', 'c:5-5']);
  });
});
