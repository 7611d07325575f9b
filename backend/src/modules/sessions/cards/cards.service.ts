import { Injectable } from '@nestjs/common';
import { newId } from '../../../platform/database/ids.js';
import { Transactions } from '../../../platform/database/transactions.js';
import { countTokensInTurns } from '../../../platform/llm/tokenizer.js';
import { AuditLog } from '../../audit/index.js';
import { type CreateCardDto, LONGEST_CONTENT, LONGEST_TITLE, type UpdateCardDto } from '../dto/card.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { type SessionAccess, SessionAccessService } from '../session-access.service.js';
import { SessionNotifier } from '../session.notifier.js';
import { cardNotFound, cardTooLong, tooMany } from '../sessions.errors.js';
import { CardContents } from './card-content.service.js';

const MOST_CARDS = 200;

/** What people keep at hand in a session. */
@Injectable()
export class CardsService {
  constructor(
    private readonly cards: CardsRepository,
    private readonly contents: CardContents,
    private readonly access: SessionAccessService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly notifier: SessionNotifier,
  ) {}

  /** @throws DomainError `sessions.too-many`, `sessions.card-too-long`, and what reading its source throws. */
  async create(session: SessionAccess, wish: CreateCardDto): Promise<ContextCard> {
    const { id: sessionId, userId: createdBy } = session;
    const made = await this.contents.of(session, wish);
    if (made.content.length > LONGEST_CONTENT) throw cardTooLong(LONGEST_CONTENT);
    if ((await this.cards.count(sessionId)) >= MOST_CARDS) throw tooMany('cards', MOST_CARDS);
    const id = newId();
    // A file's name may be longer.
    const title = wish.title ?? made.title.slice(0, LONGEST_TITLE);
    const tokens = await countTokensInTurns(made.content);
    await this.transactions.run(async (tx) => {
      await this.cards.insert(tx, {
        ...{ ...made, id, sessionId, title, createdBy },
        ...{ description: wish.description ?? '', pinned: wish.pinned ?? false, tokens },
      });
      await this.access.use(tx, sessionId);
      await this.audit.record(tx, {
        action: 'card.create',
        target: { type: 'card', id, name: title },
        result: 'ok',
        repository: repositoryOf(session),
        details: { sessionId, source: made.source, ...(made.path ? { path: made.path } : {}) },
      });
    });
    await this.notifier.sessionChanged(sessionId);
    return this.stored(sessionId, id);
  }

  async update(session: SessionAccess, { id, title }: ContextCard, wish: UpdateCardDto): Promise<ContextCard> {
    const { id: sessionId } = session;
    const change = await changeOf(wish);
    await this.transactions.run(async (tx) => {
      await this.cards.update(tx, id, change);
      await this.access.use(tx, sessionId);
      await this.audit.record(tx, {
        action: 'card.update',
        target: { type: 'card', id, name: wish.title ?? title },
        result: 'ok',
        repository: repositoryOf(session),
        details: { sessionId, fields: Object.keys(wish) },
      });
    });
    await this.notifier.sessionChanged(sessionId);
    return this.stored(sessionId, id);
  }

  async remove(session: SessionAccess, { id, title }: ContextCard): Promise<void> {
    const { id: sessionId } = session;
    await this.transactions.run(async (tx) => {
      await this.cards.remove(tx, id);
      await this.access.use(tx, sessionId);
      await this.audit.record(tx, {
        action: 'card.delete',
        target: { type: 'card', id, name: title },
        result: 'ok',
        repository: repositoryOf(session),
        details: { sessionId },
      });
    });
    await this.notifier.sessionChanged(sessionId);
  }

  private async stored(sessionId: string, id: string): Promise<ContextCard> {
    const card = await this.cards.byId(sessionId, id);
    if (!card) throw cardNotFound();
    return card;
  }
}

const repositoryOf = ({ owner, repo }: SessionAccess): string => `${owner}/${repo}`;

async function changeOf({ title, description, content, pinned }: UpdateCardDto): Promise<Partial<ContextCard>> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(content === undefined ? {} : { content, tokens: await countTokensInTurns(content) }),
    ...(pinned === undefined ? {} : { pinned }),
  };
}
