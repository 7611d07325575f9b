import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { RedisClient } from '../../../platform/redis/redis.module.js';
import { githubUnavailable, noAvatar } from '../auth.errors.js';

export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** CSS pixels of the largest place, for screens that have two a pixel. */
const PIXELS = 80;
const LARGEST_BYTES = 256 * 1024;
const KEPT_SECONDS = 24 * 3_600;
/** That there is none is asked for again sooner. */
const NONE_KEPT_SECONDS = 600;
const NONE = Buffer.alloc(0);

/**
 * People's pictures, fetched for the browser from GITHUB_AVATAR_URL and nowhere else: the address is made of that and
 * GitHub's number of the person. What is not a picture of a bounded size and a known kind is none.
 */
@Injectable()
export class Avatars {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly redis: RedisClient,
  ) {}

  /** @throws DomainError `users.no-avatar`; `github.unavailable` when GitHub cannot be asked. */
  async of({ githubId }: { readonly githubId: string }): Promise<Picture> {
    const key = `yudai:avatar:${githubId}`;
    const kept = await this.redis.getBuffer(key);
    const bytes = kept ?? (await this.fetch(githubId));
    if (!kept) await this.redis.set(key, bytes, 'EX', bytes.length > 0 ? KEPT_SECONDS : NONE_KEPT_SECONDS);
    const type = await typeOf(bytes);
    if (type === undefined) throw noAvatar();
    return { type, bytes };
  }

  /** Nothing for what is no picture. */
  private async fetch(githubId: string): Promise<Buffer> {
    const url = `${this.config.GITHUB_AVATAR_URL}/u/${encodeURIComponent(githubId)}?v=4&s=${PIXELS}`;
    try {
      const answer = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(this.config.GITHUB_TIMEOUT_SECONDS * 1_000),
        headers: { Accept: [...TYPES].join(), 'User-Agent': 'yudai' },
      });
      const bytes = await bounded(answer);
      if (answer.status >= 500) throw githubUnavailable(new Error(`status ${answer.status}`));
      return answer.ok && (await typeOf(bytes)) !== undefined ? bytes : NONE;
    } catch (error) {
      throw githubUnavailable(error);
    }
  }
}

/** Leaves off where it becomes too large. */
async function bounded({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (body as AsyncIterable<Uint8Array> | null) ?? []) {
    size += part.length;
    if (size > LARGEST_BYTES) return NONE;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What it is tells the content, never the sender. */
async function typeOf(bytes: Buffer): Promise<string | undefined> {
  const mime = (await fileTypeFromBuffer(bytes))?.mime;
  return mime && TYPES.has(mime) ? mime : undefined;
}
