import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret from the system's CSPRNG, base64url, `bytes` long before encoding (32 = 256 bit). */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** How secrets are kept: enough for values of 256 random bits, which nobody can guess offline. */
export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Compares in a time that does not tell where two texts differ. */
export function constantTimeEqual(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}
