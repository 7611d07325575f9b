/** Whether this run has a real PostgreSQL and a real Redis. */
export const HAS_REAL_SERVERS = Boolean(process.env['TEST_DATABASE_URL'] && process.env['TEST_REDIS_URL']);

/**
 * Tests of concurrency, of database rights and of plans: the embedded database has one backend and one superuser, so
 * passing there would say nothing. They are reported as skipped on it.
 */
export function onRealServers(name: string, tests: () => void): void {
  if (HAS_REAL_SERVERS) describe(name, tests);
  else describe.skip(`${name} (counts on real servers only)`, tests);
}

/** The same for one test among others. */
export function itOnRealServers(name: string, test: () => Promise<void>, longestMs?: number): void {
  if (HAS_REAL_SERVERS) it(name, test, longestMs);
  else it.skip(`${name} (counts on real servers only)`, test);
}
