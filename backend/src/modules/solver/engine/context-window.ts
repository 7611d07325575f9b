import type { AgentMessage } from '../solve.types.js';

/** A cautious guess for code and English; a count by the model's own tokenizer is not to be had. */
const CHARACTERS_PER_TOKEN = 3;
const LEFT_OUT = '(This output was left out to stay within your context. Run the command again if you need it.)';

/**
 * The conversation as the model gets it: whole while it fits, else without the oldest outputs of commands. What the agent
 * thought and ran stays, so that it does not begin from the start.
 */
export function fitContext(messages: readonly AgentMessage[], mostTokens: number): readonly AgentMessage[] {
  let excess = messages.reduce((sum, message) => sum + sizeOf(message), 0) - mostTokens * CHARACTERS_PER_TOKEN;
  if (excess <= 0) return messages;
  const latest = messages.findLastIndex(({ role }) => role === 'tool');
  return messages.map((message, at) => {
    if (excess <= 0 || message.role !== 'tool' || at === latest || message.content.length <= LEFT_OUT.length) {
      return message;
    }
    excess -= message.content.length - LEFT_OUT.length;
    return { ...message, content: LEFT_OUT };
  });
}

function sizeOf(message: AgentMessage): number {
  const calls = message.role === 'assistant' ? message.toolCalls : [];
  return message.content.length + calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0);
}
