import type { ChatMessage } from '../api/chat-request.js';
import { allBlocks, type DataBlock, withoutBlocks } from './prompt.js';

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/**
 * The conversation that a draft is made from. Prompts give it as data blocks of kind `conversation`, one a message with
 * its `role`, or several messages in one with a line `user:` or `assistant:` before each. A prompt without such blocks
 * is a conversation itself.
 */
export function conversationOf(messages: readonly ChatMessage[]): Turn[] {
  const blocks = allBlocks(messages).filter((block) => block.kind === 'conversation');
  if (blocks.length > 0) return blocks.flatMap(turnsOf);
  return messages.flatMap((message): Turn[] => {
    if (message.role !== 'user' && message.role !== 'assistant') return [];
    const text = withoutBlocks(message.content);
    return text === '' ? [] : [{ role: message.role, text }];
  });
}

function turnsOf({ attributes, text }: DataBlock): Turn[] {
  const role = attributes['role'];
  if (role === 'user' || role === 'assistant') return [{ role, text }];
  const parts = text.split(/^(user|assistant):[ \t]*\n?/im);
  if (parts.length === 1) return [{ role: 'user', text }];
  const turns: Turn[] = [];
  for (let at = 1; at < parts.length; at += 2) {
    const speaker = parts[at]?.toLowerCase() === 'assistant' ? 'assistant' : 'user';
    turns.push({ role: speaker, text: parts[at + 1]?.trim() ?? '' });
  }
  return turns;
}
