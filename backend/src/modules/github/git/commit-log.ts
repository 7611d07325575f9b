/** What a commit says and did. */
export interface LoggedCommit {
  readonly sha: string;
  readonly committedAt: Date;
  /** The first line of its message. */
  readonly subject: string;
  readonly changes: readonly FileChange[];
}

export interface FileChange {
  /** git's letter for what was done: A, M, D, T, or R and C with how alike the two are, `R087`. */
  readonly status: string;
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
    if (status.startsWith('R')) changes.push({ status, path: to, from: path });
    else changes.push({ status, path: status.startsWith('C') ? to : path });
  }
  return changes;
}

/** A commit's whole message, and where it comes from. */
export interface CommitMessage {
  readonly sha: string;
  /** The first is the one that its branch was at; none where the history at hand ends. */
  readonly parents: readonly string[];
  readonly committedAt: Date;
  readonly text: string;
}

/** Nothing in a message can be NUL, so nothing in one is taken for the next. */
export const MESSAGE_FORMAT = '--format=tformat:%H%x00%P%x00%ct%x00%B';
const MESSAGE_FIELDS = 4;

/** Reads `git log -z` in that format. */
export function parseMessages(output: string): CommitMessage[] {
  const fields = output.split('\0');
  const messages: CommitMessage[] = [];
  for (let at = 0; at + MESSAGE_FIELDS <= fields.length; at += MESSAGE_FIELDS) {
    const [sha = '', parents = '', seconds = '0', text = ''] = fields.slice(at, at + MESSAGE_FIELDS);
    const committedAt = new Date(Number(seconds) * 1_000);
    messages.push({ sha, parents: parents.split(' ').filter(Boolean), committedAt, text: text.trim() });
  }
  return messages;
}
