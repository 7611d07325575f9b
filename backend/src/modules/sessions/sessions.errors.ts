import { DomainError } from '../../platform/errors/domain-error.js';

export const sessionNotFound = (): DomainError =>
  new DomainError('not-found', 'sessions.not-found', 'There is no such session.');

export const messageNotFound = (): DomainError =>
  new DomainError('not-found', 'sessions.message-not-found', 'There is no such message in this session.');

export const CONDENSATION_OUTDATED = 'sessions.condensation-outdated';
/** Something of what it was to stand for was left out, or taken in again, since it was wanted. */
export const condensationOutdated = (): DomainError =>
  new DomainError('conflict', CONDENSATION_OUTDATED, 'The conversation is another one by now.');

export const cardNotFound = (): DomainError =>
  new DomainError('not-found', 'sessions.card-not-found', 'There is no such card in this session.');

export const memberNotFound = (): DomainError =>
  new DomainError('not-found', 'sessions.member-not-found', 'This person takes no part in the session.');

export const notEnough = (needed: 'viewer' | 'editor' | 'owner'): DomainError =>
  new DomainError(
    'forbidden',
    'sessions.role',
    needed === 'owner'
      ? 'Only the owner of the session may do this.'
      : 'You may read this session, but not change it. Ask its owner for the right to edit.',
  );

export const readOnlyRepository = (fullName: string): DomainError =>
  new DomainError(
    'forbidden',
    'sessions.repository-read-only',
    `GitHub does not let you write to ${fullName}, or it is archived.`,
  );

/** A field of the request names something that the session does not have. */
export const notInSession = (path: string, ids: readonly string[]): DomainError =>
  new DomainError('invalid', 'sessions.reference', 'The request names something that is not in this session.', {
    fields: ids.map((id) => ({ path, message: `${id} is not in this session` })),
  });

export const sessionArchived = (): DomainError =>
  new DomainError('conflict', 'sessions.archived', 'The session is archived. Put it back into the list to go on.');

export const answerDeleted = (): DomainError =>
  new DomainError(
    'conflict',
    'sessions.answer-deleted',
    'This message was sent before, and its answer was deleted. Send it with a new clientMessageId.',
  );

export const answerUnderWay = (): DomainError =>
  new DomainError(
    'conflict',
    'sessions.answer-under-way',
    'An answer is still being written there. Wait for it, or stop it.',
  );

export const notAnAnswer = (): DomainError =>
  new DomainError('conflict', 'sessions.not-an-answer', 'Only an answer can be tried again.');

export const attachmentMissing = (): DomainError =>
  new DomainError('invalid', 'sessions.attachment-missing', 'Send one file in the field "file".', {
    fields: [{ path: 'file', message: 'is missing' }],
  });

export const attachmentNotText = (name: string): DomainError =>
  new DomainError(
    'unsupported',
    'sessions.attachment-type',
    `"${name}" is not text. Logs, code, Markdown, CSV and JSON in UTF-8 can be attached.`,
  );

export const attachmentTooLarge = (most: number): DomainError =>
  new DomainError('too-large', 'sessions.attachment-size', `A file may have at most ${most / 1024} KB.`);

export const tooMany = (what: string, most: number): DomainError =>
  new DomainError('conflict', 'sessions.too-many', `A session has at most ${most} ${what}. Remove some first.`);

export const cardTooLong = (most: number): DomainError =>
  new DomainError('too-large', 'sessions.card-too-long', `A card has at most ${most} characters; take fewer lines.`);

export const commitNotAtHand = (commit: string): DomainError =>
  new DomainError('not-found', 'sessions.commit-not-found', `The branch has no commit ${commit} that is at hand.`);

export const notIndexed = (): DomainError =>
  new DomainError(
    'conflict',
    'sessions.not-indexed',
    'The repository has not been read yet. Wait until its index is ready.',
  );

export const alreadyMember = (): DomainError =>
  new DomainError('conflict', 'sessions.already-member', 'This person takes part in the session already.');

export const userNotFound = (): DomainError =>
  new DomainError('invalid', 'sessions.user', 'Nobody of that id has signed in here.', {
    fields: [{ path: 'userId', message: 'nobody has this id' }],
  });

export const ownerStays = (): DomainError =>
  new DomainError(
    'conflict',
    'sessions.owner',
    'A session has exactly one owner. Make somebody else the owner to hand it over.',
  );

export const partFixed = (ids: readonly string[]): DomainError =>
  new DomainError('invalid', 'sessions.context-part', 'Only cards and earlier messages can be pinned or left out.', {
    fields: ids.map((id) => ({ path: 'id', message: `${id} cannot be pinned or left out` })),
  });

/** What must be in a prompt is not left out of it silently. */
export const noRoomFor = (what: { readonly title: string } | 'question', budget: number): DomainError =>
  new DomainError(
    'too-large',
    'llm.prompt-too-large',
    what === 'question'
      ? `The pinned cards leave no room for a message in a prompt of ${budget} tokens. Unpin or shorten some.`
      : `The pinned card "${what.title}" has no room in a prompt of ${budget} tokens. Unpin it, or shorten the pinned cards.`,
  );
