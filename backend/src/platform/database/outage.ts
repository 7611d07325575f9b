import { sqlState } from './transactions.js';

/**
 * Connection exceptions, too many connections, a lock that was not to be had, and a server that ends, crashed or starts
 * (PostgreSQL, appendix A).
 */
const STATES = /^(?:08\w{3}|53300|55P03|57P0[123])$/;
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
/** What the driver says without a code. */
const SAID =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/**
 * Whether the database could not be reached, had no connection left or went away: the same may work in a moment, and nothing
 * is wrong with what was wanted. Clients of other servers tell their outages as domain errors, so a socket's error is its.
 */
export function isOutage(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return STATES.test(state) || SOCKET.has(state);
  if (!(error instanceof Error)) return false;
  return SAID.test(error.message) || ('driverError' in error && isOutage(error.driverError));
}
