import { randomUUID } from 'node:crypto';
import { truncateToTokens } from '../../../platform/llm/tokenizer.js';

export interface ReplyToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON */
  readonly arguments: string;
}

/** What the model answers, before it is sent in one form or the other. */
export interface Reply {
  readonly text: string;
  readonly toolCalls: readonly ReplyToolCall[];
  readonly finishReason: 'stop' | 'tool_calls' | 'length';
}

export function textReply(text: string): Reply {
  return { text, toolCalls: [], finishReason: 'stop' };
}

export function toolReply(text: string, name: string, argument: Readonly<Record<string, unknown>>): Reply {
  const call = { id: `call_${randomUUID().replaceAll('-', '')}`, name, arguments: JSON.stringify(argument) };
  return { text, toolCalls: [call], finishReason: 'tool_calls' };
}

/** Breaks a text off where `max_tokens` says. Tool calls are short and stay whole. */
export function withinTokens(reply: Reply, maxTokens: number | null | undefined): Reply {
  if (!maxTokens) return reply;
  const text = truncateToTokens(reply.text, maxTokens);
  return text.length === reply.text.length ? reply : { ...reply, text, toolCalls: [], finishReason: 'length' };
}

const FEWEST_DELTAS = 12;
const MOST_DELTAS = 160;

/** Cuts a text into the pieces it is streamed in: at words, where it has enough of them. */
export function deltas(text: string): string[] {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  const units = words.length >= FEWEST_DELTAS ? words : [...text];
  const size = Math.ceil(units.length / MOST_DELTAS);
  const pieces: string[] = [];
  for (let from = 0; from < units.length; from += size) pieces.push(units.slice(from, from + size).join(''));
  return pieces;
}
