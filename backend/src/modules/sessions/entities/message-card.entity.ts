import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ContextCard } from './context-card.entity.js';
import { Message } from './message.entity.js';

/** A card that was sent along with a message. */
@Entity({ name: 'message_cards' })
@Index('message_cards_card_id', ['cardId'])
export class MessageCard {
  @PrimaryColumn('uuid', { name: 'message_id', primaryKeyConstraintName: 'message_cards_pkey' })
  @ForeignKey(() => Message, 'id', { name: 'message_cards_message_id_fkey', onDelete: 'CASCADE' })
  messageId!: string;

  @PrimaryColumn('uuid', { name: 'card_id', primaryKeyConstraintName: 'message_cards_pkey' })
  @ForeignKey(() => ContextCard, 'id', { name: 'message_cards_card_id_fkey', onDelete: 'CASCADE' })
  cardId!: string;
}
