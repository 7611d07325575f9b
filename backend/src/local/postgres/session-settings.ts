import { CLIENT, readCString } from './frames.js';

const SET = /^\s*set\s+(?:session\s+)?("?[\w.]+"?)\s*(?:=|\bto\b)\s*([^;]+?)\s*;?\s*$/i;
const RESET_ALL = /^\s*(?:reset\s+all|discard\s+all)\s*;?\s*$/i;
const LISTEN = /^\s*(listen|unlisten)\s+"?([\w$*]+)"?\s*;?\s*$/i;
const LONGEST_LOOKED_AT = 4_000;

/** What a client has set for its session (`SET name = value`), and the channels it listens to. */
export class SessionSettings {
  private readonly values = new Map<string, string>();
  readonly channels = new Set<string>();

  get isEmpty(): boolean {
    return this.values.size === 0;
  }

  /** Takes note of a statement that changes the session. */
  note(message: Buffer): void {
    const sql = statementOf(message);
    if (sql === undefined || sql.length > LONGEST_LOOKED_AT) return;
    const set = SET.exec(sql);
    if (set?.[1] && set[2] && !/^(local|transaction|session)$/i.test(set[1])) this.values.set(set[1], set[2]);
    if (RESET_ALL.test(sql)) this.values.clear();
    const listen = LISTEN.exec(sql);
    if (!listen?.[2]) return;
    if (listen[1]?.toLowerCase() === 'listen') this.channels.add(listen[2]);
    else if (listen[2] === '*') this.channels.clear();
    else this.channels.delete(listen[2]);
  }

  /** Statements that put the shared backend into this client's state, whoever had it before. */
  get script(): string {
    return ['RESET ALL', ...[...this.values].map(([name, value]) => `SET ${name} TO ${value}`)].join('; ');
  }
}

function statementOf(message: Buffer): string | undefined {
  if (message[0] === CLIENT.query) return readCString(message, 5).text;
  if (message[0] === CLIENT.parse) return readCString(message, readCString(message, 5).next).text;
  return undefined;
}
