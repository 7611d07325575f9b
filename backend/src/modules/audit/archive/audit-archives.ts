import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { constantTimeEqual } from '../../../platform/crypto/tokens.js';
import { AnchorCursor } from '../anchors/anchor-cursor.js';
import { AuditAnchors } from '../anchors/audit-anchors.js';
import { AuditChain } from '../audit-chain.js';
import { AuditReaderRepository } from '../repositories/audit-reader.repository.js';
import { ChainWalk, type Link } from '../verification/chain-walk.js';
import { readArchive, sha256OfFile, writeArchive } from './archive-file.js';

/** What is in an archive file that is as it was written. */
export interface Archive {
  /** The entry before the first. */
  readonly after: Link;
  readonly end: Link;
  readonly entries: number;
  /** Of the file, hex. */
  readonly sha256: string;
}

/** Thrown where a part of the chain, or an archive of it, is not as it was written. */
export class BrokenArchiveError extends Error {
  constructor(readonly problem: string) {
    super(`The audit trail is not as it was written: ${problem}`);
    this.name = 'BrokenArchiveError';
  }
}

/** Files that hold parts of the chain, each sealed and verifiable on its own. */
@Injectable()
export class AuditArchives {
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly chain: AuditChain,
    private readonly reader: AuditReaderRepository,
    private readonly anchors: AuditAnchors,
  ) {
    this.folder = config.AUDIT_ARCHIVE_DIR ?? join(config.DATA_DIR, 'audit-archive');
  }

  /**
   * Writes the entries after a link up to `lastSeq` to a file of that name, and reads them again from there.
   * @throws BrokenArchiveError where an entry is not as it was written; the file then has no meaning
   */
  async make(name: string, after: Link, lastSeq: string): Promise<Archive> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, name);
    await writeArchive(path, this.lines(after, lastSeq));
    return this.verify(path);
  }

  /**
   * Verifies a file, with nothing but the key.
   * @throws BrokenArchiveError naming the first entry that is not as it was written
   */
  async verify(path: string): Promise<Archive> {
    let walk: ChainWalk | undefined;
    let after: Link | undefined;
    let isEnded = false;
    for await (const line of readArchive(path)) {
      if (isEnded) throw new BrokenArchiveError('something follows the end');
      if ('archive' in line) {
        if (after) throw new BrokenArchiveError('it begins twice');
        after = line.after;
        walk = new ChainWalk(this.chain, after);
      } else if (!walk || !after) throw new BrokenArchiveError('it does not say where it begins');
      else if ('prevHash' in line) step(walk, line);
      else {
        if (!constantTimeEqual(line.seal, this.sealOf(after, line.end, line.entries))) {
          throw new BrokenArchiveError('its seal does not fit');
        }
        if (line.end.seq !== walk.end.seq || line.end.hash !== walk.end.hash) {
          throw new BrokenArchiveError(`entry ${BigInt(walk.end.seq) + 1n} is missing`);
        }
        isEnded = true;
      }
    }
    if (!walk || !after || !isEnded) throw new BrokenArchiveError('its end is missing');
    return { after, end: walk.end, entries: walk.checked, sha256: await sha256OfFile(path) };
  }

  private async *lines(after: Link, lastSeq: string): AsyncGenerator<object, void> {
    yield { archive: 1, after: { seq: after.seq, hash: after.hash } };
    const walk = new ChainWalk(this.chain, after);
    const anchored = new AnchorCursor(this.anchors.all());
    try {
      for await (const batch of this.reader.chain(after.seq, lastSeq)) {
        const hashes = await anchored.hashesUpTo(batch.at(-1)?.seq ?? '0');
        for (const entry of batch) step(walk, entry, hashes.get(entry.seq));
        yield* batch;
      }
    } finally {
      await anchored.close();
    }
    if (walk.end.seq !== lastSeq) throw new BrokenArchiveError(`entry ${BigInt(walk.end.seq) + 1n} is missing`);
    yield { end: walk.end, entries: walk.checked, seal: this.sealOf(after, walk.end, walk.checked) };
  }

  private sealOf(after: Link, end: Link, entries: number): string {
    return this.chain.seal(['archive', after.seq, after.hash, end.seq, end.hash, entries]);
  }
}

function step(walk: ChainWalk, ...[entry, anchored]: Parameters<ChainWalk['step']>): void {
  walk.step(entry, anchored);
  if (walk.isOver) throw new BrokenArchiveError(`entry ${BigInt(walk.end.seq) + 1n}`);
}
