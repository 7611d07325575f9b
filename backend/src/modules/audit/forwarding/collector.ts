import type { Config } from '../../../platform/config/config.js';
import type { AuditEntryView } from '../dto/audit.dto.js';
import { HttpCollector } from './http-collector.js';
import { SyslogCollector } from './syslog-collector.js';

/** Somebody outside who keeps the trail too. */
export interface Collector {
  /** Where it is, without what is secret. */
  readonly name: string;
  /**
   * Resolves when the collector has received every entry.
   * @throws where that is not sure; all of them are sent again
   */
  send(entries: readonly AuditEntryView[], signal: AbortSignal): Promise<void>;
}

export const COLLECTOR = Symbol('Collector');

/** The collector that AUDIT_FORWARD_URL names; none without it. */
export function collectorOf(config: Config): Collector | undefined {
  if (config.AUDIT_FORWARD_URL === undefined) return undefined;
  const url = new URL(config.AUDIT_FORWARD_URL);
  if (url.protocol === 'https:' || url.protocol === 'http:') return new HttpCollector(url, config.AUDIT_FORWARD_TOKEN);
  return new SyslogCollector(url, new URL(config.PUBLIC_URL).hostname);
}
