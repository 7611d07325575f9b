import type { ImportSession } from '@yudai/sdk';

/** The largest file the server takes, in bytes. */
export const largest = 6 * 1024 * 1024;

/** What a file holds, as far as it can be told before the server has looked at it, or why it cannot be imported. */
export type ReadFile =
  | { readonly body: ImportSession; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | { readonly wrong: string };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Whether this is a session that was exported here or elsewhere; everything inside is the server's to check. */
function isExport(value: unknown): value is ImportSession {
  const { format, messages, session } = record(value);
  return format === 'yudai.session' && Array.isArray(messages) && text(record(session)['owner']) !== '';
}

/** Reads what was exported as JSON. */
export function readExport(content: string): ReadFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return {
      wrong: content.trimStart().startsWith('#')
        ? 'This is a session exported as Markdown, for reading. Export it as JSON to import it.'
        : 'This file is no JSON, or it was cut off. Export the session again.',
    };
  }
  if (!isExport(value)) return { wrong: 'This is no exported session. Export one from its menu, as JSON.' };
  const version: unknown = value.version;
  if (version !== 1) return { wrong: 'This was exported by another version of Yudai, which this server cannot read.' };
  const { session } = value;
  return {
    body: value,
    facts: [
      { label: 'Session', value: text(session.title) || 'Without a name' },
      { label: 'Repository', value: `${session.owner}/${session.repo}, ${text(session.branch)}` },
      { label: 'Messages', value: String(count(value.messages)) },
      { label: 'Cards', value: String(count(value.cards)) },
      { label: 'Attachments', value: String(count(value.attachments)) },
    ],
  };
}
