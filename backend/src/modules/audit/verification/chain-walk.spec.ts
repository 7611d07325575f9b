import { randomInt } from 'node:crypto';
import { AuditChain, canonicalJson, GENESIS } from '../audit-chain.js';
import { BEGINNING, ChainWalk } from './chain-walk.js';
import type { AuditVerificationDto } from '../dto/audit.dto.js';
import type { SealedEntry } from '../entities/audit-entry.entity.js';

const chain = new AuditChain({ SECRET_KEY: 'k'.repeat(32) } as never);
const LENGTH = 50;

function write(length: number): SealedEntry[] {
  const entries: SealedEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const entry: Omit<SealedEntry, 'hash'> = {
      seq: String(seq),
      id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      at: new Date(1_700_000_000_000 + seq),
      actorType: 'user',
      actorId: 'u1',
      actorLogin: 'ada',
      actorRole: 'admin',
      action: 'issue.publish',
      targetType: 'issue',
      targetId: `i${seq}`,
      targetName: null,
      result: 'ok',
      reason: null,
      repository: 'acme/todo-api',
      via: 'cookie',
      requestId: `r${seq}`,
      ip: '192.0.2.1',
      userAgent: null,
      details: { b: seq, a: { y: 'é', x: [1, null] } },
      prevHash: entries.at(-1)?.hash ?? GENESIS,
    };
    entries.push({ ...entry, hash: chain.hash(entry) });
  }
  return entries;
}

const written = write(LENGTH);
const head = { seq: String(LENGTH), hash: written.at(-1)?.hash ?? '' };

/** Against an anchor that knows the chain as it was written. */
function verdictOn(entries: readonly SealedEntry[], end = head): AuditVerificationDto {
  const walk = new ChainWalk(chain);
  const anchor = { ...head, at: '2026-01-01T00:00:00.000Z' };
  for (const entry of entries) walk.step(entry, entry.seq === anchor.seq ? anchor.hash : undefined);
  walk.finish(end, undefined, anchor);
  return walk.verdict(anchor);
}

function edited(seq: number, change: Partial<SealedEntry>): SealedEntry[] {
  return written.map((entry) => (entry.seq === String(seq) ? { ...entry, ...change } : entry));
}

describe('the audit chain', () => {
  it('is intact as it was written', () => {
    expect(verdictOn(written)).toMatchObject({
      intact: true,
      checked: LENGTH,
      anchor: { state: 'match', seq: LENGTH },
    });
  });

  it('is not called intact without an anchor', () => {
    const walk = new ChainWalk(chain);
    for (const entry of written) walk.step(entry);
    walk.finish(head, undefined, undefined);
    expect(walk.verdict(undefined)).toEqual({ intact: false, checked: LENGTH, anchor: { state: 'missing' } });
  });

  it('is not called intact where nothing is left', () => {
    const walk = new ChainWalk(chain);
    walk.finish(BEGINNING, undefined, undefined);
    expect(walk.verdict(undefined)).toEqual({ intact: false, checked: 0, anchor: { state: 'missing' } });
  });

  it('goes on from a checkpoint, and not from another', () => {
    const [start, rest] = [written[29]!, written.slice(30)];
    const kept = new ChainWalk(chain, start);
    for (const entry of rest) kept.step(entry);
    expect(kept).toMatchObject({ isOver: false, checked: 20, end: head });
    const moved = new ChainWalk(chain, { seq: start.seq, hash: GENESIS });
    moved.step(rest[0]!);
    expect(moved.verdict(undefined)).toMatchObject({ intact: false, firstBroken: 31, reason: 'link' });
  });

  it('does not depend on the order in which the database keeps the keys of details', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }] })).toBe(canonicalJson({ a: [{ c: 'x', d: null }], b: 1 }));
  });

  const forgeries: [keyof SealedEntry, unknown][] = [
    ['id', '00000000-0000-7000-8000-ffffffffffff'],
    ['at', new Date(0)],
    ['actorType', 'system'],
    ['actorId', 'u2'],
    ['actorLogin', 'eve'],
    ['actorRole', 'member'],
    ['action', 'issue.read'],
    ['targetType', 'session'],
    ['targetId', 'i0'],
    ['targetName', 'x'],
    ['result', 'denied'],
    ['reason', 'x'],
    ['repository', null],
    ['via', 'token'],
    ['requestId', null],
    ['ip', '192.0.2.2'],
    ['userAgent', 'x'],
    ['details', {}],
    ['prevHash', GENESIS],
    ['hash', GENESIS],
  ];

  it.each(forgeries)('names the entry whose %s was changed', (column, value) => {
    expect(verdictOn(edited(17, { [column]: value }))).toMatchObject({ intact: false, firstBroken: 17, checked: 16 });
  });

  it('covers every column: a new one has to be sealed or listed here', () => {
    expect(
      forgeries
        .map(([column]) => column)
        .concat('seq')
        .sort(),
    ).toEqual(Object.keys(written[0] ?? {}).sort());
  });

  it('names the place of an entry that was deleted, also when the others were renumbered', () => {
    const without = written.filter((entry) => entry.seq !== '9');
    const renumbered = without.map((entry, index) => ({ ...entry, seq: String(index + 1) }));
    expect(verdictOn(without)).toMatchObject({ intact: false, firstBroken: 9, reason: 'missing' });
    expect(verdictOn(renumbered, { ...head, seq: '49' })).toMatchObject({ intact: false, firstBroken: 9 });
  });

  it('notices two entries that changed places', () => {
    const swapped = edited(20, { ...written[20], seq: '20' }).map((entry, index) =>
      index === 20 ? { ...entry, ...written[19], seq: '21' } : entry,
    );
    expect(verdictOn(swapped)).toMatchObject({ intact: false, firstBroken: 20 });
  });

  it('notices a tail that was cut off, by the head', () => {
    expect(verdictOn(written.slice(0, 40))).toMatchObject({ intact: false, firstBroken: 41, reason: 'cut' });
  });

  it('notices a tail that was cut off together with the head, by the anchor', () => {
    const kept = written.slice(0, 40);
    const walk = new ChainWalk(chain);
    for (const entry of kept) walk.step(entry, undefined);
    const anchor = { seq: '45', hash: 'x', at: '2026-01-01T00:00:00.000Z' };
    walk.finish({ seq: '40', hash: kept.at(-1)?.hash ?? '' }, undefined, anchor);
    expect(walk.verdict(anchor)).toMatchObject({
      intact: false,
      firstBroken: 41,
      reason: 'cut',
      anchor: { state: 'mismatch' },
    });
  });

  it('notices a history that was rewritten with the right key, by the anchor', () => {
    const walk = new ChainWalk(chain);
    for (const entry of written) walk.step(entry, entry.seq === '30' ? GENESIS : undefined);
    walk.finish(head, undefined, undefined);
    expect(walk.verdict(undefined)).toMatchObject({ intact: false, firstBroken: 30, reason: 'anchor' });
  });

  it('notices entries that somebody put behind the end', () => {
    const walk = new ChainWalk(chain);
    for (const entry of written) walk.step(entry, undefined);
    walk.finish(head, '51', undefined);
    expect(walk.verdict(undefined)).toMatchObject({ intact: false, firstBroken: 51, reason: 'head' });
  });

  it('misses none of 1,000 random forgeries', () => {
    const missed = Array.from({ length: 1_000 }, () => {
      const seq = randomInt(1, LENGTH + 1);
      const [column, value] = forgeries[randomInt(forgeries.length)] ?? forgeries[0]!;
      // Entry 1 is the one that rightly follows the beginning.
      if (column === 'prevHash' && seq === 1) return undefined;
      const { intact, firstBroken } = verdictOn(edited(seq, { [column]: value }));
      return !intact && firstBroken === seq ? undefined : { seq, column };
    }).filter(Boolean);
    expect(missed).toEqual([]);
  });
});
