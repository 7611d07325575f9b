import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { ACTOR_TYPES, AUDIT_RESULTS, AUDIT_VIAS } from '../entities/audit-entry.entity.js';
import { syncFolder } from '../sync-folder.js';

const link = z.object({ seq: z.string(), hash: z.string() });
const nullable = z.string().nullable();
const entry = z.object({
  seq: z.string().regex(/^\d{1,19}$/),
  id: z.string(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  actorType: z.enum(ACTOR_TYPES),
  actorId: nullable,
  actorLogin: nullable,
  actorRole: nullable,
  action: z.string(),
  targetType: z.string(),
  targetId: nullable,
  targetName: nullable,
  result: z.enum(AUDIT_RESULTS),
  reason: nullable,
  repository: nullable,
  via: z.enum(AUDIT_VIAS),
  requestId: nullable,
  ip: nullable,
  userAgent: nullable,
  details: z.record(z.string(), z.unknown()),
  prevHash: z.string(),
  hash: z.string(),
});
const line = z.union([
  z.strictObject({ archive: z.literal(1), after: link }),
  z.strictObject({ end: link, entries: z.int(), seal: z.string() }),
  entry,
]);

/** A line of an archive: the first says what the entries follow, the last how they end; between them are the entries. */
export type ArchiveLine = z.output<typeof line>;

/** Writes a gzipped file of lines; it has its name only once it is whole and on the disk. */
export async function writeArchive(path: string, lines: AsyncIterable<object>): Promise<void> {
  const scratch = `${path}.part`;
  await pipeline(Readable.from(textOf(lines)), createGzip(), createWriteStream(scratch, { mode: 0o600 }));
  const file = await open(scratch, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(scratch, path);
  await syncFolder(dirname(path));
}

/** @throws where the file cannot be read, or has something in it that no archive has */
export async function* readArchive(path: string): AsyncGenerator<ArchiveLine, void> {
  const source = createReadStream(path);
  const text = source.pipe(createGunzip());
  source.once('error', (error) => text.destroy(error));
  try {
    for await (const one of createInterface({ input: text, crlfDelay: Infinity })) yield line.parse(JSON.parse(one));
  } finally {
    source.destroy();
    text.destroy();
  }
}

/** Of the file as it lies there, hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function* textOf(lines: AsyncIterable<object>): AsyncGenerator<string, void> {
  for await (const one of lines) yield `${JSON.stringify(one)}\n`;
}
