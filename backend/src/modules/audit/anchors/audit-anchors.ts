import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { constantTimeEqual } from '../../../platform/crypto/tokens.js';
import { AuditChain } from '../audit-chain.js';
import { syncFolder } from '../sync-folder.js';

const anchor = z.object({ seq: z.string().regex(/^\d{1,19}$/), hash: z.string(), at: z.iso.datetime() });
const line = anchor.extend({ seal: z.string() });

/** Where the chain ended at a time, noted outside of the database. */
export type Anchor = z.output<typeof anchor>;

/** The same with what shows that this product has noted it. */
export type SealedAnchor = z.output<typeof line>;

/** Name of the file in AUDIT_ANCHOR_DIR. */
export const ANCHOR_FILE = 'audit-anchor.jsonl';

/** Enough for hundreds of lines; only the newest sound one is wanted. */
const TAIL_BYTES = 65_536;

/**
 * Sealed lines in a file of a folder outside of the database, to which lines are only ever added. The chain alone cannot show that its end was cut off together with its head;
 * a line that names a later entry does.
 */
@Injectable()
export class AuditAnchors {
  private readonly path: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly chain: AuditChain,
  ) {
    this.path = join(config.AUDIT_ANCHOR_DIR ?? config.DATA_DIR, ANCHOR_FILE);
  }

  /** Resolves when the line is on the disk. */
  async append(entry: Anchor): Promise<SealedAnchor> {
    const folder = dirname(this.path);
    await mkdir(folder, { recursive: true });
    const sealed = { ...entry, seal: this.sealOf(entry) };
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.appendFile(`${JSON.stringify(sealed)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(folder);
    return sealed;
  }

  /** Every line that was not tampered with, oldest first. */
  async *all(): AsyncGenerator<Anchor, void> {
    const file = await this.open();
    if (!file) return;
    for await (const text of file.readLines()) {
      const entry = this.parse(text);
      if (entry) yield entry;
    }
  }

  /** The newest of them; undefined where there is none. */
  async newest(): Promise<Anchor | undefined> {
    const file = await this.open();
    if (!file) return undefined;
    try {
      for (const text of (await tailOf(file)).split('\n').reverse()) {
        const entry = this.parse(text);
        if (entry) return entry;
      }
      return undefined;
    } finally {
      await file.close();
    }
  }

  private parse(text: string): Anchor | undefined {
    const parsed = line.safeParse(jsonOrNothing(text));
    if (!parsed.success) return undefined;
    const { seal, ...entry } = parsed.data;
    return constantTimeEqual(seal, this.sealOf(entry)) ? entry : undefined;
  }

  private sealOf({ seq, hash, at }: Anchor): string {
    return this.chain.seal(['anchor', seq, hash, at]);
  }

  private async open(): Promise<FileHandle | undefined> {
    try {
      return await open(this.path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

async function tailOf(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const length = Math.min(size, TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.toString('utf8', 0, bytesRead);
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
