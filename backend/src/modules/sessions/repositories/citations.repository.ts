import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { MessageCitation } from '../entities/message-citation.entity.js';

@Injectable()
export class CitationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Of each message, in the order in which the text names them. */
  async of(messageIds: readonly string[]): Promise<Map<string, MessageCitation[]>> {
    const rows = await this.dataSource.manager.find(MessageCitation, {
      where: { messageId: In([...messageIds]) },
      order: { messageId: 'ASC', ordinal: 'ASC' },
    });
    const found = new Map<string, MessageCitation[]>();
    for (const row of rows) found.set(row.messageId, [...(found.get(row.messageId) ?? []), row]);
    return found;
  }

  async insert(tx: EntityManager, rows: readonly MessageCitation[]): Promise<void> {
    if (rows.length > 0) await tx.insert(MessageCitation, [...rows]);
  }
}
