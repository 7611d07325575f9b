import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Outcome } from '../repositories/solves.repository.js';

/** Thrown into everything that runs when one uninterrupted stretch of work has taken too long. */
export class StretchTimeout extends Error {}

/** How an error that ended a stretch is told to people. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof StretchTimeout) return { status: 'failed', reason: 'timeout', detail: error.message };
  if (error instanceof DomainError) {
    const reason = error.code.startsWith('llm.') ? 'model.error' : error.code;
    return { status: 'failed', reason, detail: error.detail };
  }
  return { status: 'failed', reason: 'internal', detail: 'Something went wrong on the server while the solve ran.' };
}
