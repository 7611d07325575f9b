import { Injectable } from '@nestjs/common';
import { isId } from '../../../platform/database/ids.js';
import { decodeCursor, encodeCursor, invalidCursor, type Page } from '../../../platform/http/pagination.js';
import type { ListMessagesQuery, MessageDto } from '../dto/message.dto.js';
import type { Message } from '../entities/message.entity.js';
import { type BranchWindow, type MessageFilter, MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { notInSession } from '../sessions.errors.js';
import { MessagePresenter } from './message.presenter.js';

/** A branch of the conversation, or what matches in all of them. */
@Injectable()
export class MessageListService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly presenter: MessagePresenter,
  ) {}

  /** Newest first. A filter without a `leaf` looks into all branches. */
  async page(sessionId: string, query: ListMessagesQuery): Promise<Page<MessageDto>> {
    const { limit, leaf, after: afterId, before, cursor, query: words, role } = query;
    const beforeId = cursor === undefined ? before : idFrom(cursor);
    const window = { limit: limit + 1, beforeId, afterId, query: words, role };
    const everywhere = leaf === undefined && (words || role);
    const rows = everywhere
      ? await this.messages.search(sessionId, window)
      : await this.branch(sessionId, leaf, window);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: await this.presenter.many(shown),
      nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null,
    };
  }

  private async branch(
    sessionId: string,
    leaf: string | undefined,
    window: BranchWindow & MessageFilter,
  ): Promise<Message[]> {
    if (leaf !== undefined && !(await this.messages.byId(sessionId, leaf))) throw notInSession('leaf', [leaf]);
    const from = leaf ?? (await this.sessions.byId(sessionId))?.activeLeafId;
    return from ? this.messages.branch(sessionId, from, window) : [];
  }
}

function idFrom(cursor: string): string {
  const [id] = decodeCursor(cursor, 1).map(String);
  if (id === undefined || !isId(id)) throw invalidCursor();
  return id;
}
