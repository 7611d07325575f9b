import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { isOutage } from '../../platform/database/outage.js';
import { DomainError, isTransient } from '../../platform/errors/domain-error.js';
import { LeaseLostError, Leases, type Lease } from '../../platform/database/lease.js';
import { SolveLease, LEASE_SECONDS } from './engine/solve-lease.js';
import { SolveProgressFactory } from './engine/solve-progress.factory.js';
import { SolveRunner } from './engine/solve-runner.js';
import { outcomeOf, StretchTimeout } from './engine/stretch.js';
import type { Solve } from './entities/solve.entity.js';
import { SolveBounds } from './solve-bounds.js';
import { SolveNotifier } from './solve.notifier.js';
import { SolveEndings } from './solve-endings.service.js';
import { SolvesRepository, type Outcome } from './repositories/solves.repository.js';

/** A solve that was begun this often without a step that was stored is given up. */
const MOST_ATTEMPTS = 5;
const FIRST_WAIT_SECONDS = 10;
const LONGEST_WAIT_SECONDS = 900;

/** Thrown into running solves when this worker goes down; another one goes on from their checkpoints. */
class WorkerStopping extends Error {}

/** Takes solves that want work, one claim at a time, and sees each to where it stands next. */
@Injectable()
export class SolveWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SolveWorker.name);
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    private readonly bounds: SolveBounds,
    private readonly solves: SolvesRepository,
    private readonly leases: Leases,
    private readonly runner: SolveRunner,
    private readonly progress: SolveProgressFactory,
    private readonly endings: SolveEndings,
    private readonly notifier: SolveNotifier,
  ) {}

  /** Works on a solve if there is a free place and nobody else does. Never rejects. */
  async take(id: string): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const lease = await this.solves.claim(id, await this.bounds.atOnce(), LEASE_SECONDS);
    if (!lease) return;
    const work = this.see(lease);
    this.running.add(work);
    await work.finally(() => this.running.delete(work));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort(new WorkerStopping());
    await Promise.allSettled(this.running);
  }

  private async see(lease: Lease): Promise<void> {
    const held = new SolveLease(lease, this.leases, this.notifier);
    held.start();
    try {
      const solve = await this.solves.byId(lease.id);
      if (solve) await this.settle(solve, lease, await this.stretch(solve, lease, held.signal));
    } catch (error) {
      if (!(error instanceof LeaseLostError))
        this.logger.error({ message: 'solve not settled', solveId: lease.id, error });
    } finally {
      await held.release();
    }
  }

  /** @returns how the solve stands; for one that is to be gone on with, when. */
  private async stretch(solve: Solve, lease: Lease, lost: AbortSignal): Promise<Outcome | Pause> {
    if (solve.attempts > MOST_ATTEMPTS) {
      return { status: 'failed', reason: 'attempts', detail: `Workers gave up on it ${MOST_ATTEMPTS} times.` };
    }
    const stretch = new AbortController();
    const seconds = this.bounds.stretchSeconds;
    const timer = setTimeout(
      () => stretch.abort(new StretchTimeout(`It ran for ${seconds} seconds without an end; the work so far is kept.`)),
      seconds * 1_000,
    );
    const signal = AbortSignal.any([lost, this.stopping.signal, stretch.signal]);
    try {
      return await this.runner.run(solve, this.progress.of(solve, lease), signal);
    } catch (error) {
      lost.throwIfAborted();
      if (error instanceof LeaseLostError) throw error;
      if (this.stopping.signal.aborted) return { again: true };
      const cause: unknown = stretch.signal.aborted ? stretch.signal.reason : error;
      return pauseAfter(cause, solve.attempts) ?? this.explain(cause, solve);
    } finally {
      clearTimeout(timer);
    }
  }

  private explain(cause: unknown, solve: Solve): Outcome {
    const outcome = outcomeOf(cause);
    if (outcome.reason === 'internal') {
      this.logger.error({ message: 'solve failed', solveId: solve.id, error: cause });
    }
    return outcome;
  }

  private async settle(solve: Solve, lease: Lease, outcome: Outcome | Pause): Promise<void> {
    if ('again' in outcome) await this.endings.handBack(solve, lease, outcome.wait);
    else await this.endings.end(solve, lease, outcome);
  }
}

/** The solve goes on later, on any worker. */
interface Pause {
  readonly again: true;
  readonly wait?: { readonly seconds: number; readonly why: string };
}

const DATABASE_GONE = 'The database could not be reached. It is tried again in a moment.';

/** GitHub or git may answer in a while; a model that does not has been asked often enough already. */
function pauseAfter(error: unknown, attempts: number): Pause | undefined {
  if (attempts >= MOST_ATTEMPTS) return undefined;
  if (isOutage(error)) return { again: true, wait: { seconds: FIRST_WAIT_SECONDS, why: DATABASE_GONE } };
  if (!isTransient(error) || !(error instanceof DomainError)) return undefined;
  if (!/^(github|git)\./.test(error.code)) return undefined;
  const seconds = Math.min(error.retryAfterSeconds ?? FIRST_WAIT_SECONDS * 2 ** (attempts - 1), LONGEST_WAIT_SECONDS);
  return { again: true, wait: { seconds, why: `${error.detail} It is tried again in ${seconds} seconds.` } };
}
