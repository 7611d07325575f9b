import type { LlmMessage } from '../../../platform/llm/llm.types.js';
import { packPrompt, type PromptPart } from '../../../platform/llm/prompt-budget.js';
import { truncateToTokens } from '../../../platform/llm/tokenizer.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';

export interface DraftMaterial {
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  /** Oldest first. */
  readonly turns: readonly {
    readonly id: string;
    readonly role: string;
    readonly author: string | null;
    readonly text: string;
  }[];
  readonly cards: readonly {
    readonly id: string;
    readonly title: string;
    readonly content: string;
    readonly path: string | null;
    readonly startLine: number | null;
    readonly endLine: number | null;
  }[];
  readonly passages: readonly {
    readonly path: string;
    readonly startLine: number;
    readonly endLine: number;
    readonly text: string;
  }[];
  readonly labels: readonly string[];
  readonly title: string;
  readonly instructions: string | null;
  /** The issue so far, when it is drafted again. */
  readonly previous: { readonly title: string; readonly body: string; readonly acceptance: readonly string[] } | null;
}

const TASK = `You write GitHub issues for a software team. From the conversation, the cards and the passages of the repository that
you are given, draft one issue that an engineer who was not part of the conversation can act on.
- Sections as Markdown headings, as far as the material has something for them: Problem, Steps to reproduce, Expected, Actual, Sources.
  A wish for something new has Motivation and Proposal in the place of the steps.
- Sources names the places in the code that matter, as [path:first-last] with line numbers, only places that stand in the material.
- Invent nothing: what the material does not say is an open question.
- acceptance (not part of the body): sentences that can be checked, a test among them where there is one to write.`;

/** Of which a condensed turn's marks take about so many tokens. */
const MARKS = 60;
const SHORTEST_TURN = 100;

/** Packs the material into a prompt of at most `budget` tokens: the wish and the newest turns first, passages last. */
export async function draftPrompt(material: DraftMaterial, budget: number): Promise<LlmMessage[]> {
  const boundary = new DataBoundary();
  const system: PromptPart = { id: 'system', text: `${TASK}\n\n${boundary.rule}`, priority: 0, required: true };
  const wish: PromptPart = { id: 'wish', text: wishOf(material, boundary), priority: 0, required: true };
  const data = [
    ...previousPart(material, boundary),
    ...turnParts(material, boundary),
    ...cardParts(material, boundary),
    ...passageParts(material, boundary),
  ];
  const { parts } = await packPrompt([system, ...data, wish], budget);
  const [rules, ...rest] = parts.filter(({ state }) => state !== 'left-out').map(({ text }) => text);
  return [
    { role: 'system', content: rules ?? '' },
    { role: 'user', content: rest.join('\n\n') },
  ];
}

/** What its author wants; the names of labels come from GitHub, where others write them. */
function wishOf(
  { repository, branch, labels, title, instructions, previous }: DraftMaterial,
  boundary: DataBoundary,
): string {
  return [
    `Draft the issue for ${repository}, branch ${branch}.`,
    ...(previous ? ['There is a draft already: improve it and keep what is right in it.'] : []),
    ...(title === '' || previous ? [] : [`Its title is: ${title}`]),
    ...(instructions === null ? [] : [`The author asks: ${instructions}`]),
    ...(labels.length === 0
      ? []
      : [`Use no other labels than those that the repository has:\n${boundary.wrap('labels', labels.join('\n'))}`]),
  ].join('\n');
}

function previousPart({ previous }: DraftMaterial, boundary: DataBoundary): PromptPart[] {
  if (!previous) return [];
  const text = [previous.title, previous.body, ...previous.acceptance.map((sentence) => `- [ ] ${sentence}`)].join(
    '\n\n',
  );
  return [{ id: 'previous', text: boundary.wrap('issue', text), priority: 1 }];
}

/** Newer turns get their room first; a long one is shortened rather than dropped. */
function turnParts({ turns }: DraftMaterial, boundary: DataBoundary): PromptPart[] {
  return turns.map(({ id, role, author, text }, index) => {
    const attributes = { role, ...(author === null ? {} : { author }) };
    return {
      id: `turn:${id}`,
      text: boundary.wrap('conversation', text, attributes),
      priority: 1 + (turns.length - index) / (turns.length + 1),
      condense: (most) =>
        most < SHORTEST_TURN
          ? null
          : boundary.wrap('conversation', `${truncateToTokens(text, most - MARKS)} …`, attributes),
    };
  });
}

function cardParts({ cards }: DraftMaterial, boundary: DataBoundary): PromptPart[] {
  return cards.map(({ id, title, content, path, startLine, endLine }) => {
    const lines = startLine === null || endLine === null ? {} : { lines: `${startLine}-${endLine}` };
    const place = path === null ? {} : { path, ...lines };
    return { id: `card:${id}`, text: boundary.wrap('card', content, { title, ...place }), priority: 2 };
  });
}

function passageParts({ passages }: DraftMaterial, boundary: DataBoundary): PromptPart[] {
  return passages.map(({ path, startLine, endLine, text }) => ({
    id: `span:${path}:${startLine}-${endLine}`,
    text: boundary.wrap('span', text, { path, lines: `${startLine}-${endLine}` }),
    priority: 3,
  }));
}
