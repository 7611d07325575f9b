import type { ProblemView } from '../../ui/error-state/problem-view';

/** A failure the client knows how to speak about, whatever it came from. */
export interface Problem extends ProblemView {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** What is wrong with single fields of a form (422). */
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}

/** The problem as something that can be thrown. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
  }
}

/** What happened, in words, by status: the server's own title is only the reason phrase. */
const titles: Record<number, string> = {
  0: 'The server cannot be reached',
  401: 'You are signed out',
  403: 'You may not do this',
  404: 'This does not exist',
  409: 'This is not possible now',
  413: 'Too large',
  415: 'This kind of file is not accepted',
  422: 'Something is missing or wrong',
  429: 'Too many requests',
  502: 'GitHub or the model did not answer properly',
  503: 'A service behind Yudai is unavailable',
  504: 'A service behind Yudai took too long',
};

const unexpected = 'Something went wrong on the server';

/** What to do, where the server gave no sentence of its own. */
const advice: Record<number, string> = {
  0: 'Check the connection. Nothing you wrote is lost.',
  401: 'Sign in again to go on.',
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function fieldsOf(errors: unknown): Problem['fields'] {
  if (!Array.isArray(errors)) return [];
  return errors.map((each) => ({ path: text(record(each)['path']), message: text(record(each)['message']) }));
}

/** Reads a problem document (RFC 9457) or whatever came in its place. */
export function problemFrom(body: unknown, status: number, requestId?: string): Problem {
  const document = record(body);
  const retryAfter = document['retryAfterSeconds'];
  return {
    status,
    title: titles[status] ?? unexpected,
    detail: text(document['detail']) || (advice[status] ?? 'Try again; if it stays, quote the request id.'),
    code: text(document['code']) || (status === 0 ? 'network' : `http.${status}`),
    requestId: text(document['requestId']) || requestId,
    retryAfterSeconds: typeof retryAfter === 'number' ? retryAfter : undefined,
    fields: fieldsOf(document['errors']),
  };
}

/** The problem behind anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    ...problemFrom({}, 0),
    title: 'Something went wrong',
    detail: 'Reload the page and try again.',
    code: 'client',
  };
}
