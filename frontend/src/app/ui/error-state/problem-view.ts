/** What a person is told about a failure: what happened, what to do, and the id to quote. */
export interface ProblemView {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
}
