import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import type { Session } from '../entities/session.entity.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { sessionNotFound } from '../sessions.errors.js';
import { cardOf, jsonHead, jsonList, markdownCard, markdownHead, markdownMessage } from './export-format.js';
import { ExportedMessages } from './exported-messages.js';

export type ExportFormat = 'json' | 'md';

/** A session as a file, written as it is read: what people and the assistant said and kept; nothing of the index. */
@Injectable()
export class SessionExport {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: ExportedMessages,
    private readonly cards: CardsRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** The parts of the file, in their order. */
  async open(access: SessionAccess, format: ExportFormat): Promise<AsyncGenerator<string, void>> {
    const { id, title, owner, repo } = access;
    const session = await this.sessions.byId(id);
    if (!session) throw sessionNotFound();
    await this.transactions.run((tx) =>
      this.audit.record(tx, {
        action: 'session.export',
        target: { type: 'session', id, name: title },
        result: 'ok',
        repository: `${owner}/${repo}`,
        details: { format },
      }),
    );
    return format === 'json' ? this.json(access, session) : this.markdown(access, session);
  }

  private async *json(access: SessionAccess, session: Session): AsyncGenerator<string, void> {
    const { id } = session;
    yield jsonHead(access, session);
    yield* jsonList('messages', this.messages.all(id));
    yield ',\n';
    yield* jsonList('cards', (await this.cards.all(id)).map(cardOf));
    yield ',\n';
    yield* jsonList('attachments', this.uploads(id));
    yield '\n}\n';
  }

  private async *markdown(access: SessionAccess, session: Session): AsyncGenerator<string, void> {
    yield markdownHead(access, session);
    for await (const message of this.messages.all(session.id)) yield markdownMessage(message);
    for (const card of await this.cards.all(session.id)) yield markdownCard(card);
  }

  /** One after the other: they may be large. */
  private async *uploads(sessionId: string): AsyncGenerator<unknown, void> {
    for (const id of await this.attachments.ids(sessionId)) {
      const upload = await this.attachments.open(sessionId, id);
      if (upload) yield { id, name: upload.name, type: upload.mediaType, content: upload.content };
    }
  }
}
