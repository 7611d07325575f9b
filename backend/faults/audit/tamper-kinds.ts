/** A change of the trail by hand, and where verification has to find it. */
export interface Tamper {
  readonly kind: string;
  readonly sql: string;
  readonly firstBroken: number;
}

interface Kind {
  /** @param length entries of the trail, all of them anchored */
  of(length: number, random: () => number): Tamper;
}

const EDITS: Readonly<Record<string, string>> = {
  id: `'01900000-0000-7000-8000-ffffffffffff'`,
  at: `at + interval '1 millisecond'`,
  actor_type: `CASE actor_type WHEN 'user' THEN 'system' ELSE 'user' END`,
  actor_id: `coalesce(actor_id, '') || 'x'`,
  actor_login: `'somebody-else'`,
  actor_role: `'auditor'`,
  action: `action || 'd'`,
  target_type: `target_type || 's'`,
  target_id: `upper(target_id) || 'F'`,
  target_name: `'another name'`,
  result: `'denied'`,
  reason: `'because'`,
  repository: `'acme/another'`,
  via: `CASE via WHEN 'token' THEN 'job' ELSE 'token' END`,
  request_id: `'another-request'`,
  ip: `'198.51.100.7'`,
  user_agent: `'another browser'`,
  details: `details || '{"revision": -1}'`,
  prev_hash: `repeat('a', 64)`,
  hash: `repeat('b', 64)`,
  // Out of the chain, to be sealed again behind its end.
  seq: 'NULL',
};

const edits: Kind[] = Object.entries(EDITS).map(([column, value]) => ({
  of(length, random) {
    const seq = between(1, length, random);
    return { kind: `edit`, sql: `UPDATE audit_entries SET ${column} = ${value} WHERE seq = ${seq}`, firstBroken: seq };
  },
}));

const removal: Kind = {
  of(length, random) {
    const seq = between(1, length - 1, random);
    return { kind: 'delete', sql: `DELETE FROM audit_entries WHERE seq = ${seq}`, firstBroken: seq };
  },
};

const closedGap: Kind = {
  of(length, random) {
    const seq = between(1, length - 1, random);
    const sql = `
      DELETE FROM audit_entries WHERE seq = ${seq};
      UPDATE audit_entries SET seq = -seq WHERE seq > ${seq};
      UPDATE audit_entries SET seq = -seq - 1 WHERE seq < 0;
      UPDATE audit_entries SET prev_hash = (SELECT hash FROM audit_entries WHERE seq = ${seq - 1}) WHERE seq = ${seq} AND ${seq} > 1;
      UPDATE audit_head SET seq = seq - 1`;
    return { kind: 'delete and renumber', sql, firstBroken: seq };
  },
};

const insertion: Kind = {
  of(length, random) {
    const seq = between(1, length, random);
    const sql = `
      UPDATE audit_entries SET seq = -seq WHERE seq >= ${seq};
      UPDATE audit_entries SET seq = -seq + 1 WHERE seq < 0;
      INSERT INTO audit_entries ${copyOf(seq + 1, seq)};
      UPDATE audit_head SET seq = seq + 1`;
    return { kind: 'insert', sql, firstBroken: seq };
  },
};

const addition: Kind = {
  of(length, random) {
    const seq = between(1, length, random);
    const sql = `
      INSERT INTO audit_entries ${copyOf(seq, length + 1)};
      UPDATE audit_head SET seq = ${length + 1}, hash = (SELECT hash FROM audit_entries WHERE seq = ${length + 1})`;
    return { kind: 'insert at the end', sql, firstBroken: length + 1 };
  },
};

/** An entry that asks to be sealed, by somebody without the key. */
const unsealed: Kind = {
  of(length, random) {
    const seq = between(1, length, random);
    return { kind: 'insert unsealed', sql: `INSERT INTO audit_entries ${copyOf(seq, null)}`, firstBroken: length + 1 };
  },
};

const swap: Kind = {
  of(length, random) {
    const one = between(1, length - 1, random);
    const two = between(one + 1, length, random);
    const sql = `
      UPDATE audit_entries SET seq = -1 WHERE seq = ${one};
      UPDATE audit_entries SET seq = ${one} WHERE seq = ${two};
      UPDATE audit_entries SET seq = ${two} WHERE seq = -1`;
    return { kind: 'swap', sql, firstBroken: one };
  },
};

const cut: Kind = {
  of(length, random) {
    const kept = between(1, length - 1, random);
    return { kind: 'cut', sql: `DELETE FROM audit_entries WHERE seq > ${kept}`, firstBroken: kept + 1 };
  },
};

const cutWithHead: Kind = {
  of(length, random) {
    const kept = between(1, length - 1, random);
    const sql = `
      DELETE FROM audit_entries WHERE seq > ${kept};
      UPDATE audit_head SET seq = ${kept}, hash = (SELECT hash FROM audit_entries WHERE seq = ${kept})`;
    return { kind: 'cut with its head', sql, firstBroken: kept + 1 };
  },
};

const everything: Kind = {
  of() {
    const sql = `DELETE FROM audit_entries; UPDATE audit_head SET seq = 0, hash = repeat('0', 64)`;
    return { kind: 'cut everything', sql, firstBroken: 1 };
  },
};

/** A checkpoint that nobody sealed, so that the beginning is not missed. */
const madeUpCheckpoint: Kind = {
  of(length, random) {
    const last = between(1, length - 1, random);
    const sql = `
      INSERT INTO audit_checkpoints SELECT seq, hash, now(), 'x', 'x', repeat('c', 64) FROM audit_entries WHERE seq = ${last};
      DELETE FROM audit_entries WHERE seq <= ${last}`;
    return { kind: 'cut of the beginning', sql, firstBroken: last };
  },
};

const others = [
  removal,
  closedGap,
  insertion,
  addition,
  unsealed,
  swap,
  cut,
  cutWithHead,
  everything,
  madeUpCheckpoint,
];

/** Every kind; the others twice, for there are more columns than kinds. */
export const tampers: readonly Kind[] = [...edits, ...others, ...others];

/** A whole number, both ends included. */
function between(least: number, most: number, random: () => number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** A row like another one, with a number and an id of its own. */
function copyOf(seq: number, as: number | null): string {
  return `SELECT ${as ?? 'NULL::bigint'}, gen_random_uuid(), at, actor_type, actor_id, actor_login, actor_role, action, target_type, target_id,
                 target_name, result, reason, repository, via, request_id, ip, user_agent, details, prev_hash, hash
            FROM audit_entries WHERE seq = ${seq}`;
}
