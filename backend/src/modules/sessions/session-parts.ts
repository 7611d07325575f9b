import { applyDecorators } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../platform/http/access.decorator.js';
import { pathObject } from '../../platform/http/path-object.js';
import type { SessionRole } from './entities/session-member.entity.js';
import { CardsRepository } from './repositories/cards.repository.js';
import { MembersRepository } from './repositories/members.repository.js';
import { MessagesRepository } from './repositories/messages.repository.js';
import type { SessionAccess } from './session-access.service.js';
import { type Need, SessionRight } from './session.guard.js';
import { cardNotFound, memberNotFound, messageNotFound } from './sessions.errors.js';

type InSession = AuthenticatedRequest & { sessionAccess: SessionAccess };

const message = pathObject({
  parameter: 'mid',
  service: MessagesRepository,
  find: (messages, id, { sessionAccess }: InSession) => messages.byId(sessionAccess.id, id),
  missing: messageNotFound,
});

const card = pathObject({
  parameter: 'cardId',
  service: CardsRepository,
  find: (cards, id, { sessionAccess }: InSession) => cards.byId(sessionAccess.id, id),
  missing: cardNotFound,
});

const member = pathObject({
  parameter: 'userId',
  service: MembersRepository,
  find: (members, userId, { sessionAccess }: InSession) => members.find(sessionAccess.id, userId),
  missing: memberNotFound,
});

/** On handlers of one message (`:mid`) of a session: the right that the caller must have in the session. */
export const MessageRight = (right: SessionRole, need: Need = {}): MethodDecorator =>
  applyDecorators(SessionRight(right, need), message.Find());

/** On handlers of one card (`:cardId`) of a session. */
export const CardRight = (right: SessionRole, need: Need = {}): MethodDecorator =>
  applyDecorators(SessionRight(right, need), card.Find());

/** On handlers that change one member (`:userId`) of a session: its owner may. */
export const MemberRight = (): MethodDecorator =>
  applyDecorators(SessionRight('owner', { github: 'none' }), member.Find());

/** Handler parameters: what the decorators above have found. */
export const [CurrentMessage, CurrentCard, CurrentMember] = [message.Current, card.Current, member.Current];
