import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan } from 'typeorm';
import { OauthTransaction } from '../entities/oauth-transaction.entity.js';

@Injectable()
export class OauthTransactionsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async insert(transaction: OauthTransaction): Promise<void> {
    await this.dataSource.manager.insert(OauthTransaction, transaction);
  }

  /** Takes a transaction out: of two callbacks with the same state one gets it. */
  async take(stateHash: string): Promise<OauthTransaction | null> {
    const [rows] = await this.dataSource.query<
      [{ browser_hash: string; code_verifier: string; return_to: string; expires_at: Date }[], number]
    >(
      `DELETE FROM oauth_transactions WHERE state_hash = $1
       RETURNING browser_hash, code_verifier, return_to, expires_at`,
      [stateHash],
    );
    const row = rows[0];
    return row
      ? {
          stateHash,
          browserHash: row.browser_hash,
          codeVerifier: row.code_verifier,
          returnTo: row.return_to,
          expiresAt: row.expires_at,
        }
      : null;
  }

  async sweep(): Promise<void> {
    await this.dataSource.manager.delete(OauthTransaction, { expiresAt: LessThan(new Date()) });
  }
}
