import type { Message } from '@yudai/sdk';

/** The branch up to and with the given message; all of it when the message is not in it, nothing for a new beginning. */
export function branchTo(branch: readonly string[], messageId: string | null): readonly string[] {
  if (messageId === null) return [];
  const at = branch.indexOf(messageId);
  return at < 0 ? branch : branch.slice(0, at + 1);
}

/** An answer that has just begun and is known by its id only. */
export function answerTo(question: Message, id: string): Message {
  return {
    id,
    parentId: question.id,
    role: 'assistant',
    text: '',
    status: 'streaming',
    author: null,
    model: null,
    tokens: { prompt: null, completion: null },
    cost: null,
    retrieval: null,
    createdAt: new Date().toISOString(),
    siblings: { index: 0, ids: [id] },
  };
}

/** The same, beside an answer that was there before. */
export function anotherAnswer(beside: Message, id: string): Message {
  const ids = [...(beside.siblings?.ids ?? [beside.id]), id];
  return {
    ...beside,
    id,
    text: '',
    status: 'streaming',
    model: null,
    tokens: { prompt: null, completion: null },
    cost: null,
    retrieval: null,
    createdAt: new Date().toISOString(),
    siblings: { index: ids.length - 1, ids },
  };
}
