import { Injectable } from '@nestjs/common';
import { UsersService } from '../../auth/index.js';
import type { Transfer } from '../dto/transfer.dto.js';
import type { Message } from '../entities/message.entity.js';
import { MessagePresenter } from '../messages/message.presenter.js';
import { MessagesRepository } from '../repositories/messages.repository.js';

export type ExportedMessage = Transfer['messages'][number];

const PAGE = 200;

/** The messages of all branches, page by page, parents before what follows them. */
@Injectable()
export class ExportedMessages {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly presenter: MessagePresenter,
    private readonly users: UsersService,
  ) {}

  async *all(sessionId: string): AsyncGenerator<ExportedMessage, void> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.messages.after(sessionId, after, PAGE);
      yield* await this.exported(rows);
      after = rows.at(-1)?.id;
      if (rows.length < PAGE) return;
    }
  }

  private async exported(rows: readonly Message[]): Promise<ExportedMessage[]> {
    const ids = rows.map(({ id }) => id);
    const [shown, sent, authors] = await Promise.all([
      this.presenter.many(rows),
      this.messages.sentAlong(ids),
      this.users.byIds(rows.flatMap(({ authorId }) => authorId ?? [])),
    ]);
    const logins = new Map(authors.map(({ id, login }) => [id, login]));
    return shown.map(({ id, parentId, role, text, status, model, retrieval, createdAt }, at) => ({
      ...{ id, parentId, role, text, status, model, retrieval, createdAt },
      author: role === 'user' ? (logins.get(rows[at]?.authorId ?? '') ?? null) : null,
      cardIds: sent.get(id)?.cardIds ?? [],
      attachmentIds: sent.get(id)?.attachmentIds ?? [],
    }));
  }
}
