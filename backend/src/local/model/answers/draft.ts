import { formatCitation, parseCitations } from '../../../platform/llm/citation.js';
import type { ChatMessage } from '../api/chat-request.js';
import { conversationOf } from './conversation.js';
import { passagesOf, rank } from './passages.js';
import { allBlocks } from './prompt.js';

/** A drafted issue. */
export interface Draft {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly acceptance: readonly string[];
}

const LONGEST_TITLE = 90;
const MOST_EVIDENCE = 5;
const MOST_STEPS = 10;
const NOTE =
  '_Drafted by the local stand-in for a language model, which puts together what was said and does not reason. ' +
  'Please read it through._';

/** Words by which people say that something is broken. */
const PROBLEM =
  /\b(bug|broken|wrong|fail\w*|error|crash\w*|miss(?:es|ing)|never|lost|los(?:es|ing)|drop\w*|disappear\w*|vanish\w*|instead|should|cannot|can't|doesn't|isn't|not|off by)\b/gi;
const EXPECTATION = /\b(should|must|expect\w*|ought)\b/i;
const STEP = /^\s*(?:\d+[.)]|[-*])\s+(.+)$/;
/** What people say before they come to the point. */
const PREAMBLE = /^(?:(?:hi|hello|hey|please|i think|i believe|it seems|it looks)(?: (?:that|like|as if))?[,:!]?\s+)+/i;
const CIRCUMSTANCE = /\b(when|whenever|if|after|with|steps?)\b/i;

/** Drafts an issue from the conversation in a prompt: what people said, where it is in the code, what would end it. */
export function draftIssue(messages: readonly ChatMessage[]): Draft {
  const turns = conversationOf(messages);
  const said = turns.filter((turn) => turn.role === 'user').map((turn) => turn.text.trim());
  const problem = statement(said);
  const sections = [
    section('Summary', problem || 'The conversation does not say what the problem is.'),
    section('Evidence', evidence(messages, turns, problem)),
    section('Steps to reproduce', steps(said)),
    NOTE,
  ];
  return {
    title: titleOf(problem),
    body: sections.join('\n\n'),
    labels: [said.some((text) => score(text) > 0) ? 'bug' : 'enhancement'],
    acceptance: acceptance(problem, said),
  };
}

const section = (name: string, text: string): string => `## ${name}\n\n${text}`;

/** What somebody said that sounds most like a problem; the first of equals. */
function statement(said: readonly string[]): string {
  return said.reduce((best, text) => (best === '' || score(text) > score(best) ? text : best), '');
}

function score(text: string): number {
  return new Set(text.toLowerCase().match(PROBLEM) ?? []).size;
}

function sentences(text: string): string[] {
  return text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function titleOf(problem: string): string {
  const all = sentences(problem.replace(/```[\s\S]*?```/g, ' '));
  const best = all.reduce((one, other) => (score(other) > score(one) ? other : one), all[0] ?? '');
  const title = best.replace(PREAMBLE, '').replace(/[.!?:;,\s]+$/, '');
  if (title === '') return 'Untitled';
  return capital(title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Where the assistant's answers pointed to, then the passages in the prompt that fit the problem. */
function evidence(messages: readonly ChatMessage[], turns: ReturnType<typeof conversationOf>, problem: string): string {
  const cited = turns.filter((turn) => turn.role === 'assistant').flatMap((turn) => parseCitations(turn.text));
  const found = rank(passagesOf(allBlocks(messages)), problem).map(({ passage }) => passage.source);
  const sources = [...new Set([...cited.map(formatCitation), ...found])].slice(0, MOST_EVIDENCE);
  return sources.length > 0 ? sources.map((source) => `- ${source}`).join('\n') : 'None was found in the repository.';
}

function steps(said: readonly string[]): string {
  const listed = said.flatMap((text) => text.split('\n').flatMap((line) => STEP.exec(line)?.[1] ?? []));
  const found = listed.length > 0 ? listed : said.flatMap(sentences).filter((sentence) => CIRCUMSTANCE.test(sentence));
  if (found.length === 0) return 'They were not stated.';
  return found
    .slice(0, MOST_STEPS)
    .map((step, index) => `${index + 1}. ${step}`)
    .join('\n');
}

function acceptance(problem: string, said: readonly string[]): string[] {
  const expected = said.flatMap(sentences).filter((sentence) => EXPECTATION.test(sentence));
  const first = expected[0] ?? `What was described no longer happens: ${titleOf(problem)}.`;
  return [first, 'A test that fails without the change and passes with it is part of the suite.'];
}
