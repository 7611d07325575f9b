import { DomainError } from '../../../platform/errors/domain-error.js';
import { transferSchema } from '../dto/transfer.dto.js';
import { planImport } from './import-plan.js';

const message = (id: string, parentId: string | null, more: object = {}) => ({
  ...{ id, parentId, role: 'user', text: 'Hello', status: 'complete', createdAt: '2026-01-01T00:00:00.000Z' },
  ...more,
});
const document = (messages: unknown[], more: object = {}) =>
  transferSchema.parse({
    ...{ format: 'yudai.session', version: 1, messages },
    session: { owner: 'o', repo: 'r', branch: 'main', title: 'T' },
    ...more,
  });
const card = (id: string) => ({ id, title: 'T', content: 'C', source: 'chat' });

function faultsOf(transfer: ReturnType<typeof document>): string[] {
  try {
    planImport(transfer);
    return [];
  } catch (error) {
    return error instanceof DomainError ? (error.fields ?? []).map(({ path }) => path) : [String(error)];
  }
}

describe('a document of a session', () => {
  it('gets new ids throughout', () => {
    const plan = planImport(
      document([message('a', null), message('b', 'a', { cardIds: ['c'] })], { cards: [card('c')] }),
    );
    const fresh = [...plan.messages.values(), ...plan.cards.values()];
    expect(new Set(fresh).size).toBe(3);
    expect(fresh).not.toEqual(expect.arrayContaining(['a']));
    expect([...fresh].slice(0, 2).sort()).toEqual(fresh.slice(0, 2));
  });

  it('is refused with the place of every fault', () => {
    expect(faultsOf(document([message('a', 'b'), message('b', null)]))).toEqual(['messages[0].parentId']);
    expect(faultsOf(document([message('a', null), message('a', null)]))).toEqual(['messages[1].id']);
    expect(faultsOf(document([message('a', 'a')]))).toEqual(['messages[0].parentId']);
    expect(faultsOf(document([message('a', null, { cardIds: ['x'], attachmentIds: ['y'] })]))).toEqual([
      'messages[0].cardIds',
      'messages[0].attachmentIds',
    ]);
    expect(faultsOf(document([], { cards: [card('c'), card('c')] }))).toEqual(['cards[1].id']);
    expect(faultsOf(document([], { cards: [{ ...card('c'), attachmentId: 'y' }] }))).toEqual(['cards[0].attachmentId']);
  });
});
