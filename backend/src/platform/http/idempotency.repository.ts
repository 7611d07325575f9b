import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { SecretBox } from '../crypto/secret-box.js';
import { IdempotencyKey } from './idempotency.entity.js';

export interface KeyedRequest {
  readonly userId: string;
  readonly key: string;
  readonly requestHash: string;
}

const LIFETIME_HOURS = 24;

/** Answers are sealed at rest: that to "create an API token" holds a secret which is stored nowhere else in plain. */
@Injectable()
export class IdempotencyRepository {
  private readonly box: SecretBox;

  constructor(
    @Inject(CONFIG) config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {
    this.box = new SecretBox(config.SECRET_KEY, 'idempotency');
  }

  /** Registers a first request; false when the key is known already (a first request that died is taken over). */
  async begin({ userId, key, requestHash }: KeyedRequest, seconds: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO idempotency_keys (user_id, key, request_hash, lease_until)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4))
       ON CONFLICT (user_id, key) DO UPDATE
          SET request_hash = excluded.request_hash, lease_until = excluded.lease_until, status = NULL, answer = NULL, created_at = now()
        WHERE (idempotency_keys.status IS NULL AND idempotency_keys.lease_until < now()
               AND idempotency_keys.request_hash = excluded.request_hash)
           OR idempotency_keys.created_at < now() - make_interval(hours => ${LIFETIME_HOURS})
       RETURNING user_id`,
      [userId, key, requestHash, seconds],
    );
    return rows.length === 1;
  }

  /** Prolongs the lease of a request under way. */
  async renew({ userId, key, requestHash }: KeyedRequest, seconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE idempotency_keys SET lease_until = now() + make_interval(secs => $4)
        WHERE user_id = $1 AND key = $2 AND request_hash = $3 AND status IS NULL`,
      [userId, key, requestHash, seconds],
    );
  }

  async find({ userId, key }: KeyedRequest): Promise<IdempotencyKey | null> {
    const row = await this.dataSource.manager.findOneBy(IdempotencyKey, { userId, key });
    if (typeof row?.answer !== 'string') return row;
    return { ...row, answer: JSON.parse(this.box.open(row.answer, contextOf(userId, key))) as unknown };
  }

  async finish({ userId, key }: KeyedRequest, status: number, answer: unknown): Promise<void> {
    const sealed = this.box.seal(JSON.stringify(answer ?? null), contextOf(userId, key));
    await this.dataSource.query(
      'UPDATE idempotency_keys SET status = $3, answer = $4::jsonb WHERE user_id = $1 AND key = $2',
      [userId, key, status, JSON.stringify(sealed)],
    );
  }

  /** A request that failed leaves no answer behind: it may be sent again. */
  async forget({ userId, key }: KeyedRequest): Promise<void> {
    await this.dataSource.manager.delete(IdempotencyKey, { userId, key });
  }

  /** Removes keys past their lifetime. */
  async sweep(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM idempotency_keys WHERE created_at < now() - make_interval(hours => ${LIFETIME_HOURS})`,
    );
  }
}

const contextOf = (userId: string, key: string): string => `idempotency:${userId}:${key}`;
