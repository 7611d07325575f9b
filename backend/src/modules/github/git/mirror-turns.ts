/** One piece of work at a time for each repository in this process; between processes there is a lock (mirror-lock.ts). */
export class MirrorTurns {
  private readonly last = new Map<string, Promise<unknown>>();
  /** Those that have not begun, and that others may wait for instead of beginning the same once more. */
  private readonly waiting = new Map<string, Promise<unknown>>();

  take<T>(repositoryId: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.last.get(repositoryId) ?? Promise.resolve()).then(work, work);
    this.last.set(repositoryId, turn);
    const forget = (): void => {
      if (this.last.get(repositoryId) === turn) this.last.delete(repositoryId);
    };
    turn.then(forget, forget);
    return turn;
  }

  /**
   * The turn of the same name that has not begun, or a new one. Work that has begun is joined by nobody: what changed since
   * it began may be missing from it.
   */
  join<T>(repositoryId: string, name: string, work: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([repositoryId, name]);
    const joined = this.waiting.get(key) as Promise<T> | undefined;
    if (joined) return joined;
    const turn = this.take(repositoryId, () => {
      this.waiting.delete(key);
      return work();
    });
    this.waiting.set(key, turn);
    return turn;
  }
}
