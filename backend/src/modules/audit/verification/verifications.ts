import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { AuditVerificationDto } from '../dto/audit.dto.js';
import { AuditVerifier, type Progress } from './audit-verifier.js';

const LOOK_EVERY_MS = 500;

/** What somebody who waits for a verification hears. */
export type VerificationEvent =
  | { readonly event: 'progress'; readonly data: Progress }
  | { readonly event: 'done'; readonly data: AuditVerificationDto };

interface Running {
  progress: Progress;
  listeners: number;
  readonly stop: AbortController;
  readonly verdict: Promise<AuditVerificationDto>;
}

/**
 * Verifications that people ask for. There is one at a time in a process: who asks meanwhile hears of the one under way, and
 * when nobody waits for it any longer it stops.
 */
@Injectable()
export class Verifications {
  private running: Running | undefined;

  constructor(private readonly verifier: AuditVerifier) {}

  /** Progress, about twice a second, and at last the verdict. */
  async *follow(signal: AbortSignal): AsyncGenerator<VerificationEvent, void> {
    const running = (this.running ??= this.begin());
    running.listeners++;
    try {
      for (;;) {
        const over = await soon(running.verdict, signal);
        if (signal.aborted) return;
        if (over) {
          yield { event: 'done', data: over };
          return;
        }
        yield { event: 'progress', data: running.progress };
      }
    } finally {
      if (--running.listeners === 0) {
        if (this.running === running) this.running = undefined;
        running.stop.abort();
      }
    }
  }

  private begin(): Running {
    const stop = new AbortController();
    const running: Running = {
      progress: { checked: 0, total: 0 },
      listeners: 0,
      stop,
      verdict: Promise.resolve().then(() =>
        this.verifier.verify({ signal: stop.signal, onProgress: (progress) => (running.progress = progress) }),
      ),
    };
    const over = (): void => {
      if (this.running === running) this.running = undefined;
    };
    // Nobody may be waiting when it fails.
    running.verdict.then(over, over);
    return running;
  }
}

/** The verdict if it comes within half a second. */
async function soon(
  verdict: Promise<AuditVerificationDto>,
  signal: AbortSignal,
): Promise<AuditVerificationDto | undefined> {
  const waiting = new AbortController();
  const late = pause(LOOK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, waiting.signal]) });
  try {
    return await Promise.race([verdict, late.catch(() => undefined)]);
  } finally {
    waiting.abort();
  }
}
