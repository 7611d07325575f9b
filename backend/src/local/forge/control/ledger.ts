/** A call that reached the forge; calls of its own control are not counted. */
export interface LedgerCall {
  /** When it came, and when it was over. */
  readonly begun: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Status of the answer; 0 when the connection was reset in its place. */
  readonly status: number;
  readonly login: string | null;
  /** The caller's own id of the request, from X-Request-Id. */
  readonly requestId: string | null;
}

/** An issue or a pull request that was made. */
export interface LedgerItem {
  /** `owner/name` */
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly author: string;
  /** Branches, of a pull request. */
  readonly head?: string;
  readonly base?: string;
}

const KEPT = 10_000;

/** What was asked and made since the start, in memory, bounded in number. */
export class Ledger {
  private calls: LedgerCall[] = [];
  private issues: LedgerItem[] = [];
  private pulls: LedgerItem[] = [];

  addCall(entry: LedgerCall): void {
    keep(this.calls, entry);
  }

  addIssue(item: LedgerItem): void {
    keep(this.issues, item);
  }

  addPull(item: LedgerItem): void {
    keep(this.pulls, item);
  }

  list(): { readonly calls: LedgerCall[]; readonly issues: LedgerItem[]; readonly pulls: LedgerItem[] } {
    return { calls: this.calls, issues: this.issues, pulls: this.pulls };
  }

  clear(): void {
    this.calls = [];
    this.issues = [];
    this.pulls = [];
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > KEPT) list.shift();
}
