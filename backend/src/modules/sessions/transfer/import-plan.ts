import { newId } from '../../../platform/database/ids.js';
import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';
import type { Transfer } from '../dto/transfer.dto.js';

/** The new ids of everything in a document, by the old ones. */
export interface ImportPlan {
  readonly messages: ReadonlyMap<string, string>;
  readonly cards: ReadonlyMap<string, string>;
  readonly attachments: ReadonlyMap<string, string>;
}

const invalid = (fields: readonly FieldError[]): DomainError =>
  new DomainError('invalid', 'sessions.import', 'The document refers to something that is not in it.', { fields });

/**
 * Gives everything a new id and makes sure that the document holds together: ids are there once, parents stand before what
 * follows them, and everything that is named is there. @throws DomainError `sessions.import`
 */
export function planImport({ session, messages, cards, attachments }: Transfer): ImportPlan {
  const errors: FieldError[] = [];
  const cardIds = fresh('cards', cards, errors);
  const attachmentIds = fresh('attachments', attachments, errors);
  for (const [at, { attachmentId }] of cards.entries()) {
    if (attachmentId !== null && !attachmentIds.has(attachmentId))
      errors.push({ path: `cards[${at}].attachmentId`, message: 'is not there' });
  }
  const messageIds = new Map<string, string>();
  for (const [at, { id, parentId, cardIds: sentCards, attachmentIds: sentFiles }] of messages.entries()) {
    const path = `messages[${at}]`;
    if (parentId !== null && !messageIds.has(parentId))
      errors.push({ path: `${path}.parentId`, message: 'stands not before it' });
    if (messageIds.has(id)) errors.push({ path: `${path}.id`, message: 'is there twice' });
    if (!sentCards.every((card) => cardIds.has(card)))
      errors.push({ path: `${path}.cardIds`, message: 'are not all there' });
    if (!sentFiles.every((file) => attachmentIds.has(file)))
      errors.push({ path: `${path}.attachmentIds`, message: 'are not all there' });
    messageIds.set(id, newId());
  }
  if (session.activeLeafId !== null && !messageIds.has(session.activeLeafId))
    errors.push({ path: 'session.activeLeafId', message: 'is not there' });
  if (errors.length > 0) throw invalid(errors);
  return { messages: messageIds, cards: cardIds, attachments: attachmentIds };
}

function fresh(name: string, items: readonly { id: string }[], errors: FieldError[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [at, { id }] of items.entries()) {
    if (ids.has(id)) errors.push({ path: `${name}[${at}].id`, message: 'is there twice' });
    ids.set(id, newId());
  }
  return ids;
}
