import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { deriveKey } from '../../platform/crypto/secret-box.js';
import type { AuditContent, SealedEntry } from './entities/audit-entry.entity.js';

/** What the first entry is chained to. */
export const GENESIS = '0'.repeat(64);

/** Part of what is sealed, so that another encoding can follow one day without doubt about which was used. */
const ENCODING = 1;

/** Seals entries with HMAC-SHA256 under a key that the database never sees. */
@Injectable()
export class AuditChain {
  private readonly key: KeyObject;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = createSecretKey(deriveKey(config.SECRET_KEY, 'audit'));
  }

  /** The seal of an entry, hex: over every column but `hash` itself, the hash of the entry before included. */
  hash(entry: Omit<SealedEntry, 'hash'>): string {
    return this.seal([ENCODING, entry.seq, ...contentOf(entry), entry.prevHash]);
  }

  /** The mark of an entry that waits for its place in the chain: whoever has no key cannot change it meanwhile. */
  mark(entry: AuditContent): string {
    return this.seal(['written', ENCODING, ...contentOf(entry)]);
  }

  /** The seal of any JSON value, hex. */
  seal(value: unknown): string {
    return createHmac('sha256', this.key).update(canonicalJson(value)).digest('hex');
  }
}

function contentOf(entry: AuditContent): unknown[] {
  return [
    entry.id,
    entry.at.toISOString(),
    [entry.actorType, entry.actorId, entry.actorLogin, entry.actorRole],
    entry.action,
    [entry.targetType, entry.targetId, entry.targetName],
    [entry.result, entry.reason],
    entry.repository,
    [entry.via, entry.requestId, entry.ip, entry.userAgent],
    entry.details,
  ];
}

/** JSON with sorted keys and no spaces: one text for one value, in whatever order PostgreSQL gives a jsonb's keys back. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}
