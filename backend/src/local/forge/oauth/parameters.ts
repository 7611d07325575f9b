/** RFC 7636 §4.1: 43 to 128 unreserved characters; an S256 challenge is 43 of base64url. */
export const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
export const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** Longer values come from nobody who means well. */
const LONGEST = 2_000;

/** A parameter; undefined when it is absent, and for what no client sends: twice, or longer than any of ours. */
export function parameter(from: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = from.getAll(name);
  return value !== undefined && value !== '' && more.length === 0 && value.length <= LONGEST ? value : undefined;
}
