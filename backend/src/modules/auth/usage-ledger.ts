import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/ids.js';
import { UsageRepository } from './repositories/usage.repository.js';

/** What a call to the language model took. */
export interface Usage {
  readonly userId: string;
  readonly kind: 'chat' | 'draft' | 'solve';
  /** Prompt and completion together. */
  readonly tokens: number;
  readonly costUsd: number;
  /** Id of the message, issue or solve. */
  readonly ref?: string;
}

/** Who used how much of the language model. */
@Injectable()
export class UsageLedger {
  constructor(private readonly entries: UsageRepository) {}

  /** Call in the transaction that stores what the model made. */
  async record(tx: EntityManager, usage: Usage): Promise<void> {
    await this.entries.insert(tx, {
      id: newId(),
      userId: usage.userId,
      kind: usage.kind,
      tokens: String(usage.tokens),
      costUsd: usage.costUsd.toFixed(6),
      ref: usage.ref ?? null,
    });
  }
}
