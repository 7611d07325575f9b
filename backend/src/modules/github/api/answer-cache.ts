import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../../../platform/crypto/tokens.js';
import { RedisClient } from '../../../platform/redis/redis.module.js';
import { answerKey } from './ledger/keys.js';

export interface KeptAnswer {
  readonly etag: string;
  readonly data: unknown;
  readonly hasNext: boolean;
}

const KEPT_SECONDS = 3_600;
const LARGEST_BYTES = 1024 * 1024;
const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/**
 * Answers by user and address, for conditional requests: GitHub says 304 to what has not changed, which costs none of the
 * hour's calls. GitHub is asked each time, so nobody reads here what GitHub would no longer show them. Losing it costs calls only.
 */
@Injectable()
export class AnswerCache {
  constructor(private readonly redis: RedisClient) {}

  async find(userId: string, url: string): Promise<KeptAnswer | undefined> {
    try {
      const packed = await this.redis.getBuffer(answerKey(userId, sha256Hex(url)));
      return packed ? (JSON.parse((await unpack(packed)).toString('utf8')) as KeptAnswer) : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(userId: string, url: string, answer: KeptAnswer): Promise<void> {
    const text = Buffer.from(JSON.stringify(answer));
    if (text.length > LARGEST_BYTES) return;
    await this.redis
      .set(answerKey(userId, sha256Hex(url)), await pack(text), 'EX', KEPT_SECONDS)
      .catch(() => undefined);
  }
}
