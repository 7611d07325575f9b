import { v7 } from 'uuid';

/** A UUIDv7 (RFC 9562): sorts by creation time, which keeps primary-key indexes dense. Never a secret. */
export function newId(): string {
  return v7();
}

/** Milliseconds since such an id was made; Infinity for any other UUID. */
export function ageOf(id: string): number {
  return id[14] === '7' ? Date.now() - Number.parseInt(id.replace('-', '').slice(0, 12), 16) : Infinity;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a path parameter can be an id at all; what cannot is answered like an unknown object. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
