import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Attachment } from './attachment.entity.js';
import { Message } from './message.entity.js';

/** An upload that was sent along with a message. */
@Entity({ name: 'message_attachments' })
@Index('message_attachments_attachment_id', ['attachmentId'])
export class MessageAttachment {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'message_attachments_pkey' })
  @ForeignKey(() => Message, 'id', { name: 'message_attachments_message_id_fkey', onDelete: 'CASCADE' })
  messageId!: string;

  @PrimaryColumn('uuid', { name: 'attachment_id', primaryKeyConstraintName: 'message_attachments_pkey' })
  @ForeignKey(() => Attachment, 'id', { name: 'message_attachments_attachment_id_fkey', onDelete: 'CASCADE' })
  attachmentId!: string;
}
