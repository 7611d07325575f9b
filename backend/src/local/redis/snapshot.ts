import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import type { Redis } from 'ioredis';

const HEADER_BYTES = 16;

/**
 * All keys with their dumps and their ends, in one step of the server: key by key, a job could be caught between two of
 * its lists, and a job that is in none is never run and never made again.
 */
const EVERYTHING = `
local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  all[#all + 1] = key
  all[#all + 1] = redis.call('DUMP', key)
  all[#all + 1] = redis.call('PEXPIRETIME', key)
end
return all`;

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

  /** Loads what the file holds; a file that is not whole is put aside, and what can be read of it is loaded. @returns how many keys */
  async restore(): Promise<number> {
    if (!existsSync(this.file)) return 0;
    const bytes = await readFile(this.file);
    const { entries, isWhole } = decode(bytes);
    const now = Date.now();
    const pipeline = this.redis.pipeline();
    for (const { key, value, expiresAt } of entries) {
      if (expiresAt >= 0 && expiresAt <= now) continue;
      pipeline.call('RESTORE', key, Math.max(0, expiresAt), value, ...(expiresAt >= 0 ? ['ABSTTL'] : []), 'REPLACE');
    }
    const results = (await pipeline.exec()) ?? [];
    const refused = results.filter(([error]) => error !== null).length;
    if (!isWhole || refused > 0) await this.putAside();
    return results.length - refused;
  }

  /** Writes a snapshot unless nothing has changed; one at a time. A failure leaves the last one, and the next call tries again. */
  save(): Promise<void> {
    this.saving = this.saving.catch(() => undefined).then(() => this.write());
    return this.saving;
  }

  private async write(): Promise<void> {
    const changes = /rdb_changes_since_last_save:(\d+)/.exec(await this.redis.info('persistence'))?.[1] ?? '';
    if (changes === this.lastChanges) return;
    const all = (await this.redis.callBuffer('EVAL', EVERYTHING, '0')) as (Buffer | number)[];
    const parts: Buffer[] = [];
    for (let at = 0; at + 2 < all.length; at += 3) {
      const [key, value, expiresAt] = all.slice(at, at + 3);
      if (Buffer.isBuffer(key) && Buffer.isBuffer(value))
        parts.push(...encode({ key, value, expiresAt: Number(expiresAt) }));
    }
    await replaceFile(this.file, Buffer.concat(parts));
    this.lastChanges = changes;
  }

  private async putAside(): Promise<void> {
    const aside = `${this.file}.broken`;
    await rename(this.file, aside);
    process.stderr.write(
      `redis: the snapshot ${this.file} is damaged. What could be read was loaded, the file is kept as ${aside}. Nothing is lost: the work to be done is in the database.\n`,
    );
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
function decode(bytes: Buffer): { readonly entries: readonly Entry[]; readonly isWhole: boolean } {
  const entries: Entry[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const keyEnd = at + HEADER_BYTES + bytes.readUInt32LE(at);
    const end = keyEnd + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) break;
    entries.push({
      key: bytes.subarray(at + HEADER_BYTES, keyEnd),
      value: bytes.subarray(keyEnd, end),
      expiresAt: Number(bytes.readBigInt64LE(at + 8)),
    });
    at = end;
  }
  return { entries, isWhole: at === bytes.length };
}

/** The old file stays until the new one is wholly on disk. */
async function replaceFile(file: string, bytes: Buffer): Promise<void> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}
