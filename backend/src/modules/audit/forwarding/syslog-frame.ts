import type { AuditEntryView } from '../dto/audit.dto.js';

/** RFC 5424: facility 13, "log audit". */
const FACILITY = 13;
const SEVERITIES: Readonly<Record<AuditEntryView['result'], number>> = { ok: 6, denied: 4, error: 3 };
const LONGEST_NAME = 255;
const LONGEST_MESSAGE_ID = 32;

/** An entry as a syslog message whose text is the entry's JSON, with its length before it. */
export function syslogFrame(entry: AuditEntryView, host: string): Buffer {
  const priority = FACILITY * 8 + SEVERITIES[entry.result];
  const head = ['yudai', '-', printable(entry.action, LONGEST_MESSAGE_ID), '-'].join(' ');
  const message = `<${priority}>1 ${entry.at} ${printable(host, LONGEST_NAME)} ${head} ${JSON.stringify(entry)}`;
  return Buffer.from(`${Buffer.byteLength(message)} ${message}`);
}

/** Header fields are printable ASCII without spaces. */
function printable(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '?').slice(0, longest) || '-';
}
