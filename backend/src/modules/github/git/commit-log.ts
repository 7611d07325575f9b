/** What a commit says and did. */
export interface LoggedCommit {
  readonly sha: string;
  readonly committedAt: Date;
  /** The first line of its message. */
  readonly subject: string;
  readonly changes: readonly FileChange[];
}

export interface FileChange {
  readonly path: string;
  /** What the file was called before, where the commit renamed it. */
  readonly from?: string;
}

const RECORD = '\x01';
const FIELD = '\x02';
/** Files come after it: a status, then one name or, for a rename or a copy, two. */
const END = '\x03';

export const LOG_FORMAT = `--format=${RECORD}%H${FIELD}%ct${FIELD}%s${END}`;

/** Reads `git log -z --name-status` in that format. */
export function parseLog(output: string): LoggedCommit[] {
  return output
    .split(RECORD)
    .slice(1)
    .map((record) => {
      const at = record.indexOf(END);
      const [sha = '', seconds = '0', subject = ''] = record.slice(0, at).split(FIELD);
      const changes = changesIn(record.slice(at + 1).split('\0'));
      return { sha, committedAt: new Date(Number(seconds) * 1_000), subject, changes };
    });
}

function changesIn(fields: readonly string[]): FileChange[] {
  const left = fields.map((field) => field.replace(/^\n+/, '')).filter((field) => field !== '');
  const changes: FileChange[] = [];
  while (left.length > 1) {
    const status = left.shift() ?? '';
    const [path = '', to = ''] = /^[RC]/.test(status) ? left.splice(0, 2) : [left.shift()];
    if (status.startsWith('R')) changes.push({ path: to, from: path });
    else changes.push({ path: status.startsWith('C') ? to : path });
  }
  return changes;
}
