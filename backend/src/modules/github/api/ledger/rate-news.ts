/** What an answer of GitHub's tells about limits ("Rate limits for the REST API"). */
export interface RateNews {
  /** The hour's calls; absent where GitHub counts none. */
  readonly rate?: { readonly limit: number; readonly used: number; /** Unix milliseconds */ readonly resetsAt: number };
  /** A pause that GitHub asks for; without a time, the ledger chooses one that grows. */
  readonly pause?: { readonly why: 'primary' | 'secondary' | 'retry-after'; readonly milliseconds?: number };
}

export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** GitHub's own words in a refusal; they are how it tells a limit from a missing right. */
  readonly message: string;
}

const LEAST_PAUSE_MS = 1_000;

/** An answer that never came tells nothing. */
export const NO_NEWS: RateNews = {};

export function rateNews({ status, headers, message }: AnswerHead): RateNews {
  const rate = rateOf(headers);
  const pause = pauseOf(status, headers, message, rate);
  return { ...(rate ? { rate } : {}), ...(pause ? { pause } : {}) };
}

function rateOf(headers: AnswerHead['headers']): RateNews['rate'] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    number(headers[`x-ratelimit-${name}`]),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  if ((headers['x-ratelimit-resource'] ?? 'core') !== 'core') return undefined;
  return { limit, used: limit - remaining, resetsAt: reset * 1_000 };
}

function pauseOf(
  status: number,
  headers: AnswerHead['headers'],
  message: string,
  rate: RateNews['rate'],
): RateNews['pause'] {
  const isRefused = status === 403 || status === 429;
  if (!isRefused && status < 500) return undefined;
  const wanted = retryAfter(headers['retry-after']);
  if (wanted !== undefined) {
    return { why: isRefused ? 'secondary' : 'retry-after', milliseconds: Math.max(wanted, LEAST_PAUSE_MS) };
  }
  if (!isRefused) return undefined;
  if (rate && rate.used >= rate.limit) {
    return { why: 'primary', milliseconds: Math.max(rate.resetsAt - Date.now(), LEAST_PAUSE_MS) };
  }
  return status === 429 || /rate limit/i.test(message) ? { why: 'secondary' } : undefined;
}

/** RFC 9110 §10.2.3: seconds or a date. */
function retryAfter(value: string | number | undefined): number | undefined {
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1_000;
  const at = value === undefined ? NaN : Date.parse(String(value));
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

function number(value: string | number | undefined): number | undefined {
  if (value === undefined || String(value).trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) && parsed >= 0 ? parsed : undefined;
}
