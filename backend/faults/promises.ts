import { auditMillion } from './audit/million.js';
import { auditTampers } from './audit/tampers.js';
import { auditThroughput } from './audit/throughput.js';
import { githubDeliveries } from './github/deliveries.js';
import { githubTroubled } from './github/troubled.js';
import { lifeOutages } from './life/outages.js';
import { lifeSandbox } from './life/sandbox.js';
import { lifeSigterm } from './life/sigterm.js';
import type { Promised } from './promise.js';
import { publishKilled } from './publish/killed.js';
import { pullsKilled } from './publish/pulls.js';
import { publishSubmits } from './publish/submits.js';

/** A ratio of two speeds, for which nothing else may run on the machine. */
const ALONE = [auditThroughput];

/** The longest first, so that nobody waits for a single one in the end. */
const SIDE_BY_SIDE = [
  ...[publishKilled, lifeSigterm, auditMillion, githubTroubled, pullsKilled],
  ...[...lifeOutages, lifeSandbox, auditTampers, publishSubmits, githubDeliveries],
];

/** Every promise; `alone` those that are run by themselves, before the others. */
export const PROMISES: { readonly alone: readonly Promised[]; readonly sideBySide: readonly Promised[] } = {
  alone: ALONE,
  sideBySide: SIDE_BY_SIDE,
};
