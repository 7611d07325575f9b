import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UsageEntry } from '../entities/usage-entry.entity.js';

@Injectable()
export class UsageRepository {
  async insert(tx: EntityManager, entry: Omit<UsageEntry, 'at'>): Promise<void> {
    await tx.insert(UsageEntry, entry);
  }
}
