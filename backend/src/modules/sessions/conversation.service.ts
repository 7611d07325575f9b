import { Injectable } from '@nestjs/common';
import { UsersService } from '../auth/index.js';
import type { ContextCard } from './entities/context-card.entity.js';
import type { Message } from './entities/message.entity.js';
import { CardsRepository } from './repositories/cards.repository.js';
import { MessagesRepository } from './repositories/messages.repository.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import type { SessionAccess } from './session-access.service.js';
import { notInSession } from './sessions.errors.js';

export interface SpokenMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  /** Login of the person; null for an answer. */
  readonly author: string | null;
  readonly text: string;
}

export interface KeptCard {
  readonly id: string;
  readonly title: string;
  readonly content: string;
  readonly path: string | null;
  readonly startLine: number | null;
  readonly endLine: number | null;
  readonly commit: string | null;
}

/** Both oldest first. */
export interface Transcript {
  readonly messages: SpokenMessage[];
  readonly cards: KeptCard[];
}

/** Messages of a branch that are read at most; a prompt has no room for more. */
const MOST_MESSAGES = 200;

/** What was said and kept in a session, for the modules that make something of it. */
@Injectable()
export class ConversationService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly cards: CardsRepository,
    private readonly users: UsersService,
  ) {}

  /**
   * These messages and cards; of what is not picked, what nobody has left out of the active branch and the cards that are pinned.
   * @throws DomainError `sessions.reference` for ids that are not in the session.
   */
  async transcript(
    { id }: SessionAccess,
    { messageIds, cardIds }: { messageIds?: readonly string[]; cardIds?: readonly string[] },
  ): Promise<Transcript> {
    const [messages, cards] = await Promise.all([
      messageIds ? this.picked(id, messageIds) : this.branch(id),
      cardIds ? this.pickedCards(id, cardIds) : this.cards.pinned(id),
    ]);
    return { messages: await this.spoken(messages), cards: cards.map(kept) };
  }

  private async branch(sessionId: string): Promise<Message[]> {
    const session = await this.sessions.byId(sessionId);
    if (!session?.activeLeafId) return [];
    const branch = await this.messages.branch(sessionId, session.activeLeafId, { limit: MOST_MESSAGES });
    return branch.filter(({ dropped }) => !dropped).reverse();
  }

  private async picked(sessionId: string, ids: readonly string[]): Promise<Message[]> {
    const found = ids.length === 0 ? [] : await this.messages.byIds(sessionId, ids);
    refuseMissing('messageIds', ids, found);
    return found;
  }

  private async pickedCards(sessionId: string, ids: readonly string[]): Promise<ContextCard[]> {
    const found = ids.length === 0 ? [] : await this.cards.byIds(sessionId, ids);
    refuseMissing('cardIds', ids, found);
    return found;
  }

  private async spoken(messages: readonly Message[]): Promise<SpokenMessage[]> {
    const authorIds = new Set(messages.flatMap(({ authorId }) => (authorId === null ? [] : [authorId])));
    const logins = new Map((await this.users.byIds([...authorIds])).map(({ id, login }) => [id, login]));
    return messages.flatMap(({ id, role, authorId, text }): SpokenMessage[] => {
      if (role === 'system' || text.trim() === '') return [];
      const author = role === 'user' && authorId !== null ? (logins.get(authorId) ?? null) : null;
      return [{ id, role, author, text }];
    });
  }
}

function kept({ id, title, content, path, startLine, endLine, commitSha }: ContextCard): KeptCard {
  return { id, title, content, path, startLine, endLine, commit: commitSha };
}

/** @throws DomainError `sessions.reference` */
export function refuseMissing(field: string, wanted: readonly string[], found: readonly { id: string }[]): void {
  const there = new Set(found.map(({ id }) => id));
  const missing = wanted.filter((id) => !there.has(id.toLowerCase()));
  if (missing.length > 0) throw notInSession(field, missing);
}
