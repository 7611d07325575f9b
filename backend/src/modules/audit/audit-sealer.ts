import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';
import { constantTimeEqual } from '../../platform/crypto/tokens.js';
import { AuditChain } from './audit-chain.js';
import type { AuditEntry } from './entities/audit-entry.entity.js';
import type { AuditHead } from './entities/audit-head.entity.js';
import { AuditRepository, type Sealed } from './repositories/audit.repository.js';

const BATCH = 500;

/**
 * Gives committed entries their place in the chain, many at once, so that acts need not wait for each other. Every process
 * does so after its own commits and before it reads; the worker also looks for what a process that died has left.
 */
@Injectable()
export class AuditSealer implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(AuditSealer.name);
  private readonly watched = new WeakSet<QueryRunner>();
  private running: Promise<void> | undefined;
  private isWanted = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly chain: AuditChain,
    private readonly entries: AuditRepository,
  ) {}

  onModuleInit(): void {
    this.dataSource.subscribers.push({
      afterTransactionCommit: ({ queryRunner }) => {
        if (this.watched.delete(queryRunner)) this.soon();
      },
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.running;
  }

  /** An entry was written in this transaction. */
  afterCommitOf(transaction: QueryRunner): void {
    this.watched.add(transaction);
  }

  /** Resolves when everything that was committed before the call is in the chain. */
  async seal(): Promise<void> {
    for (;;) {
      // In this order: what another process seals in between makes `seal` say no, never fail.
      const head = await this.entries.head();
      const batch = await this.entries.unsealed(BATCH);
      if (batch.length === 0) return;
      await this.entries.seal(head, this.placesOf(batch, head));
    }
  }

  /** Begins to seal, or, where that is under way, makes sure that it looks again. */
  private soon(): void {
    this.isWanted = true;
    this.running ??= this.sealWhileWanted().finally(() => {
      this.running = undefined;
      if (this.isWanted) this.soon();
    });
  }

  private async sealWhileWanted(): Promise<void> {
    while (this.isWanted) {
      this.isWanted = false;
      try {
        await this.seal();
      } catch (error) {
        this.logger.warn({ message: 'audit entries wait for their seal', error });
      }
    }
  }

  private placesOf(batch: readonly AuditEntry[], head: AuditHead): Sealed[] {
    let { hash } = head;
    return batch.map((entry, index) => {
      const placed = { ...entry, seq: String(BigInt(head.seq) + BigInt(index) + 1n), prevHash: hash };
      // What was changed before it was sealed gets a seal that fits nothing: it stays on record and never counts as intact.
      hash = constantTimeEqual(entry.hash, this.chain.mark(entry))
        ? this.chain.hash(placed)
        : this.chain.seal(['not as it was written', placed.seq, placed.prevHash]);
      return { id: entry.id, hash };
    });
  }
}
