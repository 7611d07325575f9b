import type { Outcome, Spending } from '../repositories/solves.repository.js';

export interface Limits {
  readonly steps: number;
  readonly seconds: number;
  readonly costUsd: number;
}

/** Counts what a solve uses up, over all its stretches of work, and says when it may not go on. */
export class Budget {
  private readonly stretchStarted = performance.now();
  private steps: number;
  private costUsd: number;
  private booked = { steps: 0, seconds: 0, costUsd: 0, tokens: 0 };

  constructor(
    private readonly limits: Limits,
    private readonly spentBefore: { readonly steps: number; readonly seconds: number; readonly costUsd: number },
  ) {
    this.steps = spentBefore.steps;
    this.costUsd = spentBefore.costUsd;
  }

  get stepsTaken(): number {
    return this.steps;
  }

  /** Seconds of work so far, earlier stretches included. */
  get seconds(): number {
    return this.spentBefore.seconds + this.stretchSeconds;
  }

  private get stretchSeconds(): number {
    return (performance.now() - this.stretchStarted) / 1_000;
  }

  /** Seconds until the limit on time; a command may run no longer. */
  get secondsLeft(): number {
    return Math.max(0, this.limits.seconds - this.seconds);
  }

  step(): void {
    this.steps++;
    this.booked.steps++;
  }

  call(usage: { readonly costUsd: number; readonly tokens: number }): void {
    this.costUsd += usage.costUsd;
    this.booked.costUsd += usage.costUsd;
    this.booked.tokens += usage.tokens;
  }

  /** Why the next step may not be begun; undefined while it may. */
  exhausted(): Outcome | undefined {
    const { limits } = this;
    if (this.steps >= limits.steps) return over('limit.steps', `It has taken all of its ${limits.steps} steps.`);
    if (this.costUsd >= limits.costUsd && this.costUsd > 0) {
      return over('limit.cost', `It has spent its ${limits.costUsd} US dollars.`);
    }
    return this.seconds >= limits.seconds ? this.timeIsUp() : undefined;
  }

  timeIsUp(): Outcome {
    return over('limit.time', `Its ${Math.round(this.limits.seconds / 60)} minutes are up.`);
  }

  /** What was used since the last call of this; to be added to the solve's row. */
  takeBooked(): Spending {
    const now = this.stretchSeconds;
    const spending = { ...this.booked, seconds: now - this.booked.seconds };
    this.booked = { steps: 0, seconds: now, costUsd: 0, tokens: 0 };
    return spending;
  }

  /** The contract's `budget` event. */
  snapshot(): Record<string, unknown> {
    return { steps: this.steps, seconds: Math.round(this.seconds), costUsd: this.costUsd, limits: this.limits };
  }
}

const over = (reason: string, detail: string): Outcome => ({ status: 'paused', reason, detail });
