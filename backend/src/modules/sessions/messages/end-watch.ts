import type { Message } from '../entities/message.entity.js';

/** How often the row is looked at. A worker stores the end before it tells of it, and is given this long to do so. */
const LOOK_MS = 1_000;

/** Notices that an answer has ended although its worker could not tell its readers so. */
export class EndWatch {
  private timer: NodeJS.Timeout | undefined;
  private hasEnded = false;
  private isStopped = false;

  constructor(
    private readonly over: AbortController,
    private readonly find: () => Promise<Message | null>,
  ) {}

  /** Looks at once, then again and again. `patient`: at the second look that finds it ended it is over, else at the first. */
  async start({ patient }: { readonly patient: boolean }): Promise<void> {
    this.hasEnded = !patient;
    await this.look();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** The next look begins after this one's answer: where the database is slow, two at once would leave the worker no time. */
  private async look(): Promise<void> {
    await this.judge();
    if (!this.isStopped) this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async judge(): Promise<void> {
    const now = await this.find().catch(() => undefined);
    if (now === undefined || now?.status === 'streaming') return;
    if (now === null || this.hasEnded) this.over.abort();
    this.hasEnded = true;
  }
}
