import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Attachment } from '../entities/attachment.entity.js';
import { MessageAttachment } from '../entities/message-attachment.entity.js';

@Injectable()
export class AttachmentsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  byIds(sessionId: string, ids: readonly string[]): Promise<Attachment[]> {
    return this.dataSource.manager.findBy(Attachment, { sessionId, id: In([...ids]) });
  }

  /** With its content. */
  async open(sessionId: string, id: string): Promise<Attachment | null> {
    return this.dataSource.manager
      .createQueryBuilder(Attachment, 'attachment')
      .addSelect('attachment.content')
      .where({ sessionId, id })
      .getOne();
  }

  /** In the order in which they came. */
  async ids(sessionId: string): Promise<string[]> {
    const rows = await this.dataSource.manager.find(Attachment, {
      where: { sessionId },
      select: { id: true },
      order: { id: 'ASC' },
    });
    return rows.map(({ id }) => id);
  }

  count(sessionId: string): Promise<number> {
    return this.dataSource.manager.countBy(Attachment, { sessionId });
  }

  async insert(tx: EntityManager, attachment: Partial<Attachment> & { id: string }): Promise<void> {
    await tx.insert(Attachment, attachment);
  }

  async attach(tx: EntityManager, messageId: string, attachmentIds: readonly string[]): Promise<void> {
    if (attachmentIds.length > 0)
      await tx.insert(
        MessageAttachment,
        attachmentIds.map((attachmentId) => ({ messageId, attachmentId })),
      );
  }

  /** What was sent along with these messages, with content. */
  async ofMessages(messageIds: readonly string[]): Promise<(Attachment & { messageId: string })[]> {
    if (messageIds.length === 0) return [];
    const sent = await this.dataSource.manager.findBy(MessageAttachment, { messageId: In([...messageIds]) });
    if (sent.length === 0) return [];
    const rows = await this.dataSource.manager
      .createQueryBuilder(Attachment, 'attachment')
      .addSelect('attachment.content')
      .where({ id: In(sent.map(({ attachmentId }) => attachmentId)) })
      .getMany();
    return sent.flatMap(({ messageId, attachmentId }) =>
      rows.filter(({ id }) => id === attachmentId).map((row) => ({ ...row, messageId })),
    );
  }
}
