import { Logger } from '@nestjs/common';

/** Runs a function every `intervalMs`, never twice at once; a failure is logged and the next round comes anyway. */
export class PeriodicTask {
  private readonly logger = new Logger(PeriodicTask.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly intervalMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** Starts with a round at once. */
  start(): void {
    this.stopped = false;
    this.running = this.round();
  }

  /** Resolves when the round under way is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async round(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.error({ message: 'periodic task failed', task: this.name, error });
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, this.intervalMs);
    this.timer.unref();
  }
}
