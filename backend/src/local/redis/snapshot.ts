import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import type { Redis } from 'ioredis';

const PAGE = 500;
const HEADER_BYTES = 16;

interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
  /** Milliseconds since 1970; −1 = never. */
  readonly expiresAt: number;
}

/**
 * The embedded server has no persistence of its own, so all keys are written to a file now and then: for each, the length
 * of the key, the length of its DUMP, its expiry, then both. What was written since the last snapshot can be lost, which
 * the product allows for: the truth is in the database.
 */
export class Snapshot {
  private lastChanges = '';
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly redis: Redis,
    private readonly file: string,
  ) {}

  /** Loads what the file holds. @returns how many keys. */
  async restore(): Promise<number> {
    if (!existsSync(this.file)) return 0;
    const pipeline = this.redis.pipeline();
    let count = 0;
    for (const { key, value, expiresAt } of decode(await readFile(this.file))) {
      if (expiresAt >= 0 && expiresAt <= Date.now()) continue;
      pipeline.call('RESTORE', key, Math.max(0, expiresAt), value, ...(expiresAt >= 0 ? ['ABSTTL'] : []), 'REPLACE');
      count++;
    }
    await pipeline.exec();
    return count;
  }

  /** Writes a snapshot unless nothing has changed; one at a time. */
  save(): Promise<void> {
    this.saving = this.saving.then(() => this.write());
    return this.saving;
  }

  private async write(): Promise<void> {
    const changes = /rdb_changes_since_last_save:(\d+)/.exec(await this.redis.info('persistence'))?.[1] ?? '';
    if (changes === this.lastChanges) return;
    const parts: Buffer[] = [];
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scanBuffer(cursor, 'COUNT', PAGE);
      cursor = next.toString();
      parts.push(...(await this.dump(keys)));
    } while (cursor !== '0');
    await replaceFile(this.file, parts);
    this.lastChanges = changes;
  }

  private async dump(keys: readonly Buffer[]): Promise<Buffer[]> {
    if (keys.length === 0) return [];
    const pipeline = this.redis.pipeline();
    for (const key of keys) pipeline.dumpBuffer(key).pexpiretime(key);
    const results = (await pipeline.exec()) ?? [];
    return keys.flatMap((key, index) => {
      const value = results[2 * index]?.[1];
      const expiresAt = Number(results[2 * index + 1]?.[1]);
      return Buffer.isBuffer(value) ? encode({ key, value, expiresAt }) : [];
    });
  }
}

function encode({ key, value, expiresAt }: Entry): Buffer[] {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(key.length, 0);
  header.writeUInt32LE(value.length, 4);
  header.writeBigInt64LE(BigInt(expiresAt), 8);
  return [header, key, value];
}

/** Stops at the end of what is whole. */
function* decode(bytes: Buffer): Generator<Entry, void> {
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const keyEnd = at + HEADER_BYTES + bytes.readUInt32LE(at);
    const end = keyEnd + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) return;
    yield {
      key: bytes.subarray(at + HEADER_BYTES, keyEnd),
      value: bytes.subarray(keyEnd, end),
      expiresAt: Number(bytes.readBigInt64LE(at + 8)),
    };
    at = end;
  }
}

/** The old file stays until the new one is wholly on disk. */
async function replaceFile(file: string, parts: readonly Buffer[]): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w');
  try {
    await handle.writev([...parts]);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
