import { AuditChain, GENESIS } from '../../src/modules/audit/audit-chain.js';
import type { AuditContent, SealedEntry } from '../../src/modules/audit/entities/audit-entry.entity.js';
import { loadConfig } from '../../src/platform/config/config.js';
import type { Stack } from '../support/index.js';

const ACTIONS = ['session.create', 'message.send', 'issue.edit', 'issue.publish', 'solve.start', 'login.start'];
const TARGETS = ['session', 'message', 'issue', 'issue', 'solve', 'login'];
const PEOPLE = 500;
const EVERY_MS = 20_000;
const FIRST_AT = Date.UTC(2025, 0, 1);

/** The chain as the product of this stack seals it. */
export function chainOf(stack: Stack): AuditChain {
  return new AuditChain(loadConfig({ ...stack.env, PORT: String(stack.apiPort) }));
}

/** What somebody may have done as the n-th act, with rare denials and rarer errors. */
export function madeUp(n: number): AuditContent {
  const kind = n % ACTIONS.length;
  const person = (n * 7) % PEOPLE;
  return {
    id: uuid(1, n),
    at: timeOf(n),
    actorType: 'user',
    actorId: uuid(2, person),
    actorLogin: `person-${person}`,
    actorRole: person === 0 ? 'admin' : 'member',
    action: ACTIONS[kind] ?? '',
    targetType: TARGETS[kind] ?? '',
    targetId: uuid(3, n % 50_000),
    targetName: n % 3 === 0 ? `acme/repository-${n % 200}` : null,
    result: n % 10_007 === 0 ? 'error' : n % 1_009 === 0 ? 'denied' : 'ok',
    reason: n % 1_009 === 0 ? 'sessions.not-found' : null,
    repository: `acme/repository-${n % 200}`,
    via: n % 5 === 0 ? 'token' : 'cookie',
    requestId: uuid(4, n),
    ip: `192.0.2.${n % 256}`,
    userAgent: n % 2 === 0 ? 'Mozilla/5.0 (X11; Linux x86_64) Firefox/148.0' : null,
    details: { revision: n % 40, labels: ['bug', 'über'] },
  };
}

/** So many entries, each sealed behind the one before. */
export function* sealedEntries(
  chain: AuditChain,
  count: number,
  at: (n: number) => Date = timeOf,
): Generator<SealedEntry, void> {
  let prevHash = GENESIS;
  for (let n = 1; n <= count; n++) {
    const entry = { ...madeUp(n), at: at(n), seq: String(n), prevHash };
    const hash = chain.hash(entry);
    yield { ...entry, hash };
    prevHash = hash;
  }
}

function timeOf(n: number): Date {
  return new Date(FIRST_AT + n * EVERY_MS);
}

function uuid(kind: number, n: number): string {
  return `0190000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}
