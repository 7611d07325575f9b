import type { LlmMessage } from './llm.types.js';
import { toParameters } from './wire.js';

describe('a request on the wire', () => {
  it('says nothing to the model that a person does not see, whoever wrote it', () => {
    const content = 'a\u200Bb\u202Ec\u{E0041}';
    const messages: LlmMessage[] = [
      { role: 'system', content },
      { role: 'user', content },
      { role: 'assistant', content, toolCalls: [{ id: '1', name: 'bash', arguments: '{}' }] },
      { role: 'tool', toolCallId: '1', content },
    ];
    const request = { messages, maxTokens: 10, temperature: 0, signal: new AbortController().signal };
    expect(toParameters(request, 'model').messages.map((message) => message.content)).toEqual(Array(4).fill('abc'));
  });
});
