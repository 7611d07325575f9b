import { RequestError } from 'octokit';
import { RedirectRefusedError } from '../../../platform/http/same-origin-fetch.js';
import {
  forbidden,
  githubFailed,
  githubUnavailable,
  rateLimited,
  reconnect,
  refused,
  repositoryNotFound,
} from '../github.errors.js';
import { type AnswerHead, NO_NEWS, type RateNews, rateNews } from './ledger/rate-news.js';

/** GitHub names no time for some limits; a person is told the pause that its guide names. */
const STANDARD_WAIT_SECONDS = 60;

/** What a failed call tells about limits; nothing when no answer came. */
export function newsOf(error: unknown): RateNews {
  const head = headOf(error);
  return head ? rateNews(head) : NO_NEWS;
}

/** The answer that a call failed with; undefined when none came. */
export function headOf(error: unknown): AnswerHead | undefined {
  if (!(error instanceof RequestError) || !error.response) return undefined;
  return { status: error.status, headers: error.response.headers, message: error.message };
}

/** Whether the same read may be answered in a moment: a server's failure or a lost connection, and no wish for a pause. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof RequestError) || error.cause instanceof RedirectRefusedError) return false;
  // Octokit reports failures of the connection as status 500 without a response.
  return error.status >= 500 && newsOf(error).pause === undefined;
}

/** A failed call as a failure of ours. */
export function explain(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  const { status } = error;
  if (status === 401) return reconnect(error);
  if (status === 404 || status === 410 || status === 451) return repositoryNotFound();
  const { pause } = newsOf(error);
  if (pause) return rateLimited(Math.ceil((pause.milliseconds ?? STANDARD_WAIT_SECONDS * 1_000) / 1_000), error);
  if (status === 403) return forbidden(error);
  if (status < 500) return refused(error);
  const hasAnswered = error.response ?? error.cause instanceof RedirectRefusedError;
  return hasAnswered ? githubFailed(error) : githubUnavailable(error);
}
