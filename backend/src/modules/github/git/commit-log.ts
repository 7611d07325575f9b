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

/** Nothing in a message or a name can be NUL, so whatever stands there, nothing is taken for something else. */
export const LOG_FORMAT = '--format=tformat:%H%x00%ct%x00%s';
/** Before the first change of a commit git breaks the line. */
const STATUS = /^\n?([A-Z]\d*)$/;

/** Reads `git log -z --name-status` in that format. */
export function parseLog(output: string): LoggedCommit[] {
  // From the end, where taking one away costs nothing.
  const left = output.split('\0').reverse();
  const commits: LoggedCommit[] = [];
  while (left.length > 3) {
    const [sha = '', seconds = '', subject = ''] = take(left, 3);
    commits.push({ sha, committedAt: momentOf(seconds), subject, changes: takeChanges(left) });
  }
  return commits;
}

const take = (left: string[], count: number): string[] => left.splice(-count).reverse();

/** A status, then one name or, for a rename or a copy, two; a commit's id is no status. */
function takeChanges(left: string[]): FileChange[] {
  const changes: FileChange[] = [];
  for (let status = nextStatus(left); status !== undefined; status = nextStatus(left)) {
    const isPair = /^[RC]/.test(status);
    const [, path = '', to = ''] = take(left, isPair ? 3 : 2);
    if (status.startsWith('R')) changes.push({ status, path: to, from: path });
    else changes.push({ status, path: isPair ? to : path });
  }
  return changes;
}

const nextStatus = (left: readonly string[]): string | undefined => STATUS.exec(left.at(-1) ?? '')?.[1];

/** What an author's clock said, who may have written anything: what was said in the future counts as said now. */
function momentOf(seconds: string): Date {
  const said = Number(seconds) * 1_000;
  return new Date(said >= 0 ? Math.min(said, Date.now()) : 0);
}

/** A commit's whole message, and where it comes from. */
export interface CommitMessage {
  readonly sha: string;
  /** The first is the one that its branch was at; none where the history at hand ends. */
  readonly parents: readonly string[];
  readonly committedAt: Date;
  readonly text: string;
}

export const MESSAGE_FORMAT = '--format=tformat:%H%x00%P%x00%ct%x00%B';
const MESSAGE_FIELDS = 4;

/** Reads `git log -z` in that format. */
export function parseMessages(output: string): CommitMessage[] {
  const fields = output.split('\0');
  const messages: CommitMessage[] = [];
  for (let at = 0; at + MESSAGE_FIELDS <= fields.length; at += MESSAGE_FIELDS) {
    const [sha = '', parents = '', seconds = '0', text = ''] = fields.slice(at, at + MESSAGE_FIELDS);
    const history = { sha, parents: parents.split(' ').filter(Boolean), committedAt: momentOf(seconds) };
    messages.push({ ...history, text: text.trim() });
  }
  return messages;
}
