import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { DomainError } from '../errors/domain-error.js';

export const modelTimedOut = (seconds: number, cause?: unknown): DomainError =>
  new DomainError('timeout', 'llm.timeout', `The language model sent nothing for ${seconds} s. Try again.`, { cause });

export const modelInterrupted = (cause?: unknown): DomainError =>
  new DomainError(
    'upstream',
    'llm.interrupted',
    'The language model broke off in the middle of its answer. Try again.',
    {
      cause,
    },
  );

export const modelUnreachable = (cause?: unknown): DomainError =>
  new DomainError('unavailable', 'llm.unavailable', 'The language model cannot be reached. Try again in a minute.', {
    cause,
  });

export const modelMisbehaved = (what: string, cause?: unknown): DomainError =>
  new DomainError('upstream', 'llm.bad-answer', `The language model's answer cannot be used: ${what}.`, { cause });

const modelLimited = (retryAfterSeconds: number | undefined, cause: unknown): DomainError =>
  new DomainError('unavailable', 'llm.rate-limited', 'The language model takes no more requests right now.', {
    cause,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

const modelRefused = (code: string, detail: string, cause: unknown): DomainError =>
  new DomainError('upstream', code, detail, { cause });

/** What each status of an OpenAI-compatible endpoint means to us; the provider's own words stay in the log. */
function ofStatus(error: APIError): DomainError {
  switch (error.status) {
    case undefined:
      return modelInterrupted(error);
    case 401:
    case 403:
      return modelRefused('llm.refused', 'The language model refused our key. Tell your administrator.', error);
    case 402:
      return modelRefused('llm.no-credit', "The language model's account has no credit left.", error);
    case 404:
      return modelRefused('llm.unknown-model', 'The language model of that name does not exist there.', error);
    case 408:
    case 504:
      return new DomainError('timeout', 'llm.timeout', 'The language model took too long. Try again.', {
        cause: error,
      });
    case 413:
      return modelRefused('llm.prompt-too-large', 'The prompt is too large for the language model.', error);
    case 429:
      return modelLimited(retryAfter(error.headers), error);
    case 503:
      return modelUnreachable(error);
    default:
      return error.status >= 500
        ? modelRefused('llm.failed', 'The language model failed. Try again.', error)
        : rejected(error);
  }
}

function rejected(error: APIError): DomainError {
  return error.code === 'context_length_exceeded'
    ? modelRefused('llm.prompt-too-large', 'The prompt is too large for the language model.', error)
    : modelRefused('llm.rejected', 'The language model rejected the request.', error);
}

/** Seconds of a Retry-After header in either of its forms. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const value = headers?.get('retry-after');
  if (!value) return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** Any failure of a call as one of ours. */
export function toLlmError(error: unknown, timeoutSeconds: number): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof APIConnectionTimeoutError) return modelTimedOut(timeoutSeconds, error);
  if (error instanceof APIConnectionError) return modelUnreachable(error);
  if (error instanceof APIError) return ofStatus(error as APIError);
  return modelInterrupted(error);
}
