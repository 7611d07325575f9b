/** What was asked, for tests that look for what must never be sent to a model. */
export interface LedgerEntry {
  readonly at: string;
  readonly path: string;
  readonly requestId: string | null;
  /** Status of the answer; 499 when the client left before its end. */
  status: number;
  readonly body: unknown;
}

const KEPT_ENTRIES = 2_000;
const KEPT_CHARACTERS = 100_000_000;

/** The last requests, in memory, bounded in number and size. */
export class Ledger {
  private entries: { readonly entry: LedgerEntry; readonly size: number }[] = [];
  private size = 0;

  record(entry: LedgerEntry, size: number): LedgerEntry {
    this.entries.push({ entry, size });
    this.size += size;
    while (this.entries.length > KEPT_ENTRIES || (this.size > KEPT_CHARACTERS && this.entries.length > 1)) {
      this.size -= this.entries.shift()?.size ?? 0;
    }
    return entry;
  }

  list(): readonly LedgerEntry[] {
    return this.entries.map(({ entry }) => entry);
  }

  clear(): void {
    this.entries = [];
    this.size = 0;
  }
}
