import { DestroyRef, Service, inject, signal } from '@angular/core';

/** One slow clock for every relative time on the page, so that a list of a hundred does not hold a hundred timers. */
@Service()
export class Clock {
  private readonly current = signal(Date.now());
  /** Milliseconds since the epoch, renewed every half minute. */
  readonly now = this.current.asReadonly();

  constructor() {
    const timer = setInterval(() => this.current.set(Date.now()), 30_000);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
