import type { ChatMessage } from '../api/chat-request.js';
import { allBlocks, type DataBlock, dataBlocks } from './prompt.js';

const LONGEST_SENTENCE = 160;

/** Whether a request asks for a conversation in fewer words: it is given as data in the last message. */
export function isCondensing(messages: readonly ChatMessage[]): boolean {
  return dataBlocks(messages.at(-1)?.content ?? '').some(({ kind }) => kind === 'conversation');
}

/** The first sentence of everything that was said, after what was condensed before. */
export function condense(messages: readonly ChatMessage[]): string {
  const blocks = allBlocks(messages);
  const before = blocks.filter(({ kind }) => kind === 'condensation').map(({ text }) => text);
  const said = blocks.filter(({ kind }) => kind === 'conversation').map(lineOf);
  return [...before, ...said].join('\n');
}

function lineOf({ attributes, text }: DataBlock): string {
  const [sentence = ''] = text.trim().split(/(?<=[.!?])\s|\n/, 1);
  const who = attributes['role'] === 'assistant' ? 'The assistant answered' : 'The user said';
  return `- ${who}: ${sentence.slice(0, LONGEST_SENTENCE)}`;
}
