import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A model of the provider's catalogue as it was last read; it answers while the provider does not. */
@Entity({ name: 'ai_models' })
export class AiModel {
  /** The provider's own name, e.g. `anthropic/claude-sonnet-4.5`. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'ai_models_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  /** In tokens; null where the provider does not say. */
  @Column('integer', { name: 'context_length', nullable: true })
  contextLength!: number | null;

  /** US dollars for a million tokens; null where the provider does not say. */
  @Column('double precision', { name: 'prompt_price_per_mtok', nullable: true })
  promptPricePerMTok!: number | null;

  @Column('double precision', { name: 'completion_price_per_mtok', nullable: true })
  completionPricePerMTok!: number | null;

  @Column('timestamptz', { name: 'refreshed_at', default: () => 'now()' })
  refreshedAt!: Date;
}
