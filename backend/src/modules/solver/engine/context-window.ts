import { PROMPT_MARGIN } from '../../../platform/llm/prompt-windows.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import type { AgentMessage } from '../solve.types.js';

/** What a message costs beside its text. */
const FRAME_TOKENS = 4;
const LEFT_OUT = '(This output was left out to stay within your context. Run the command again if you need it.)';

/**
 * The conversation as the model gets it: whole while it fits, else without the oldest outputs of commands. What the agent
 * thought and ran stays, so that it does not begin from the start.
 */
export function fitContext(messages: readonly AgentMessage[], mostTokens: number): readonly AgentMessage[] {
  let excess = messages.reduce((sum, message) => sum + sizeOf(message), 0) - Math.floor(mostTokens / PROMPT_MARGIN);
  if (excess <= 0) return messages;
  const latest = messages.findLastIndex(({ role }) => role === 'tool');
  return messages.map((message, at) => {
    if (excess <= 0 || message.role !== 'tool' || at === latest || message.content.length <= LEFT_OUT.length) {
      return message;
    }
    const shorter = { ...message, content: LEFT_OUT };
    excess -= sizeOf(message) - sizeOf(shorter);
    return shorter;
  });
}

/** A conversation is looked at once a step, and grows: each message is counted once. */
const counted = new WeakMap<AgentMessage, number>();

function sizeOf(message: AgentMessage): number {
  const known = counted.get(message);
  if (known !== undefined) return known;
  const calls = message.role === 'assistant' ? message.toolCalls : [];
  const texts = [message.content, ...calls.flatMap((call) => [call.name, call.arguments])];
  const size = texts.reduce((sum, text) => sum + countTokens(text), FRAME_TOKENS);
  counted.set(message, size);
  return size;
}
