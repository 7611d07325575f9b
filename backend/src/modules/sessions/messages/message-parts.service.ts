import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { refuseMissing } from '../conversation.service.js';
import type { SendMessageDto } from '../dto/message.dto.js';
import type { Session } from '../entities/session.entity.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { SessionAccessService } from '../session-access.service.js';
import { notInSession } from '../sessions.errors.js';
import { titleFrom } from './title-from.js';

/** What goes along with a message. */
export interface Enclosed {
  readonly cardIds: readonly string[];
  readonly attachmentIds: readonly string[];
}

/** Where a message stands in its session: what it refers to, and where the conversation goes on after it. */
@Injectable()
export class MessageParts {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly cards: CardsRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly access: SessionAccessService,
  ) {}

  /** @throws DomainError `sessions.reference` for what the session does not have. */
  async check(sessionId: string, wish: SendMessageDto): Promise<Enclosed> {
    const cardIds = unique(wish.cardIds);
    const attachmentIds = unique(wish.attachmentIds);
    if (wish.parentId && !(await this.messages.byId(sessionId, wish.parentId))) {
      throw notInSession('parentId', [wish.parentId]);
    }
    refuseMissing('cardIds', cardIds, await this.cards.byIds(sessionId, cardIds));
    refuseMissing('attachmentIds', attachmentIds, await this.attachments.byIds(sessionId, attachmentIds));
    return { cardIds, attachmentIds };
  }

  async enclose(tx: EntityManager, messageId: string, { cardIds, attachmentIds }: Enclosed): Promise<void> {
    await this.cards.attach(tx, messageId, cardIds);
    await this.attachments.attach(tx, messageId, attachmentIds);
  }

  /** The conversation goes on at `leafId`. */
  async goOn(tx: EntityManager, sessionId: string, leafId: string): Promise<void> {
    await this.sessions.update(tx, sessionId, { activeLeafId: leafId });
    await this.access.use(tx, sessionId);
  }

  /** A session that nobody has named (it is called as its repository) takes its name from the first message. */
  async name(tx: EntityManager, session: Session, repository: string, text: string): Promise<void> {
    if (session.activeLeafId !== null || session.title !== repository) return;
    await this.sessions.update(tx, session.id, { title: titleFrom(text) });
  }

  /** After a removal that took the active leaf along: the newest branch that is left, seen from `parentId`. */
  async fallBack(tx: EntityManager, sessionId: string, parentId: string | null): Promise<void> {
    await this.access.use(tx, sessionId);
    const session = await this.sessions.lock(tx, sessionId);
    if (!session || session.activeLeafId !== null) return;
    await this.sessions.update(tx, sessionId, { activeLeafId: await this.messages.leafFrom(tx, sessionId, parentId) });
  }
}

const unique = (ids: readonly string[] | undefined): string[] => [...new Set(ids?.map((id) => id.toLowerCase()))];
