/** What went wrong, independent of HTTP; one filter maps it to a status. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'rate-limited'
  | 'too-large'
  | 'unsupported'
  | 'upstream'
  | 'unavailable'
  | 'timeout';

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** The budget that has no room, and how it stands; `name` and units as in GET /api/auth/limits. */
export interface BudgetRefusal {
  readonly name: string;
  readonly scope: 'user' | 'deployment';
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  /** ISO 8601. */
  readonly resetsAt: string;
}

export interface DomainErrorOptions {
  /** Per-field messages of a validation failure. */
  readonly fields?: readonly FieldError[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
  /** The budget that was exceeded. */
  readonly budget?: BudgetRefusal;
  /** What caused it; logged, never sent. */
  readonly cause?: unknown;
}

/**
 * An expected failure with a stable code (`sessions.not-found`).
 * `detail` is one sentence for a person: what is wrong and, where there is something, what to do about it.
 */
export class DomainError extends Error {
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  readonly budget?: BudgetRefusal;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    options: DomainErrorOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'DomainError';
    if (options.fields) this.fields = options.fields;
    if (options.budget) this.budget = options.budget;
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Whether a job that failed with this should be tried again later. */
export function isTransient(error: unknown): boolean {
  return error instanceof DomainError && ['upstream', 'unavailable', 'timeout', 'rate-limited'].includes(error.kind);
}
