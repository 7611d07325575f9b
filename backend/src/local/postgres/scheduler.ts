/** Thrown to a client that waited too long for another one's transaction; PostgreSQL's `lock_not_available`. */
export class BusyError extends Error {
  readonly sqlState = '55P03';

  constructor() {
    super('the embedded database is busy: another connection holds a transaction');
  }
}

interface Waiter<Owner> {
  readonly owner: Owner;
  readonly resolve: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Hands the one backend to one client at a time, in the order of asking; its holder keeps it for a whole transaction. */
export class BackendScheduler<Owner extends object> {
  private holder: Owner | undefined;
  private waiters: Waiter<Owner>[] = [];

  constructor(private readonly longestWaitMs: number) {}

  /** Resolves when the backend is the owner's; at once if it is already. */
  acquire(owner: Owner): Promise<void> {
    if (this.holder === undefined || this.holder === owner) {
      this.holder = owner;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((other) => other.timer !== timer);
        reject(new BusyError());
      }, this.longestWaitMs);
      this.waiters.push({ owner, resolve, timer });
    });
  }

  /** Gives the backend to whoever has waited longest. */
  release(owner: Owner): void {
    if (this.holder !== owner) return;
    const next = this.waiters.shift();
    this.holder = next?.owner;
    if (!next) return;
    clearTimeout(next.timer);
    next.resolve();
  }
}
