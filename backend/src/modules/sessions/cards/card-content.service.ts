import { Injectable } from '@nestjs/common';
import type { CreateCardDto } from '../dto/card.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import { titleFrom } from '../messages/title-from.js';
import { AttachmentsRepository } from '../repositories/attachments.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { RepositoryText } from '../repository-data/repository-text.service.js';
import type { SessionAccess } from '../session-access.service.js';
import { notInSession } from '../sessions.errors.js';

export type CardContent = Pick<ContextCard, 'title' | 'content' | 'source'> & Partial<ContextCard>;

/** What a new card holds, read from where it comes from. */
@Injectable()
export class CardContents {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly text: RepositoryText,
  ) {}

  /** @throws DomainError `sessions.reference`, `github.file-not-found`, and what `RepositoryText.quote` throws. */
  async of(session: SessionAccess, wish: CreateCardDto): Promise<CardContent> {
    if (wish.messageId !== undefined) return this.fromMessage(session, wish.messageId);
    if (wish.attachmentId !== undefined) return this.fromAttachment(session, wish.attachmentId);
    if (wish.path !== undefined) return this.fromFile(session, wish);
    return { title: wish.title ?? '', content: wish.content ?? '', source: 'chat' };
  }

  private async fromMessage({ id }: SessionAccess, messageId: string): Promise<CardContent> {
    const message = await this.messages.byId(id, messageId);
    if (!message) throw notInSession('messageId', [messageId]);
    return { title: titleFrom(message.text) || 'Message', content: message.text, source: 'chat', messageId };
  }

  private async fromAttachment({ id }: SessionAccess, attachmentId: string): Promise<CardContent> {
    const attachment = await this.attachments.open(id, attachmentId);
    if (!attachment) throw notInSession('attachmentId', [attachmentId]);
    return { title: attachment.name, content: attachment.content, source: 'upload', attachmentId };
  }

  private async fromFile(
    { userId, repositoryId, branch }: SessionAccess,
    { path = '', startLine = 1, endLine = 1, commit = '' }: CreateCardDto,
  ): Promise<CardContent> {
    const lines = await this.text.quote({ userId, repositoryId, branch, commit }, path, { startLine, endLine });
    const place = { path, startLine: lines.startLine, endLine: lines.endLine, commitSha: commit };
    const name = path.split('/').at(-1) ?? path;
    return { title: `${name}:${lines.startLine}-${lines.endLine}`, content: lines.text, source: 'file', ...place };
  }
}
