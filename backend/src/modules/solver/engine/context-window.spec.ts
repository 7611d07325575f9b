import { promptTokens } from '../../../platform/llm/prompt-tokens.js';
import type { AgentMessage } from '../solve.types.js';
import { fitContext } from './context-window.js';

const turn = (id: string, output: string): AgentMessage[] => [
  { role: 'assistant', content: '', toolCalls: [{ id, name: 'bash', arguments: '{"command":"ls"}' }] },
  { role: 'tool', toolCallId: id, content: output },
];

describe('fitContext', () => {
  const messages: AgentMessage[] = [
    { role: 'system', content: 'rules' },
    { role: 'user', content: 'issue' },
    ...turn('a', 'first'.repeat(500)),
    ...turn('b', 'second'.repeat(500)),
    ...turn('c', 'third'.repeat(500)),
  ];

  it('leaves a conversation that fits as it is', () => {
    expect(fitContext(messages, 10_000)).toBe(messages);
  });

  it('leaves out the oldest outputs only, and never the latest', () => {
    const contents = fitContext(messages, 1_500).map(({ content }) => content);
    expect(contents[3]).toContain('left out');
    expect(contents[5]).toContain('second');
    expect(fitContext(messages, 1).at(-1)?.content).toContain('third');
  });

  it('keeps every call with its answer', () => {
    const fitted = fitContext(messages, 1);
    expect(fitted.map(({ role }) => role)).toEqual(messages.map(({ role }) => role));
    expect(fitted[2]).toEqual(messages[2]);
  });

  it('counts tokens, of which other scripts take more for each character', () => {
    const outputs = ['a', 'b', 'c', 'd'].flatMap((id) => turn(id, '𓀀'.repeat(300)));
    const fitted = fitContext(outputs, 3_000);
    expect(fitted.filter(({ content }) => content.includes('left out'))).toHaveLength(2);
    expect(promptTokens({ messages: fitted } as never)).toBeLessThanOrEqual(3_000);
  });
});
