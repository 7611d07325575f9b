const MINUTE = 60_000;

/**
 * Token buckets: each address owns a bucket that is full at first, loses one token a request and is topped up evenly.
 * `spend` returns 0, or the seconds until the next token.
 */
export function createThrottle({ perMinute, clock = Date.now }) {
  const buckets = new Map();
  const refill = perMinute / MINUTE;

  function spend(address) {
    const at = clock();
    const bucket = buckets.get(address) ?? { tokens: perMinute, at };
    bucket.tokens = Math.min(perMinute, bucket.tokens + (at - bucket.at) * refill);
    bucket.at = at;
    buckets.set(address, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / refill / 1000);
    bucket.tokens -= 1;
    return 0;
  }

  return { spend };
}
