import { LONGEST_TITLE } from '../dto/card.dto.js';
import { TRANSFER_FORMAT, TRANSFER_VERSION } from '../dto/transfer.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import type { Session } from '../entities/session.entity.js';
import type { SessionAccess } from '../session-access.service.js';
import type { ExportedMessage } from './exported-messages.js';

/** The beginning of the JSON document, up to its first list. */
export function jsonHead({ owner, repo }: SessionAccess, { title, branch, activeLeafId, createdAt }: Session): string {
  const head = {
    ...{ format: TRANSFER_FORMAT, version: TRANSFER_VERSION, exportedAt: new Date().toISOString() },
    session: { owner, repo, branch, title, activeLeafId, createdAt: createdAt.toISOString() },
  };
  return `${JSON.stringify(head, null, 2).replace(/\n\}$/, '')},\n`;
}

/** A member of the document that is a list, item by item. */
export async function* jsonList(
  name: string,
  items: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<string, void> {
  let separator = '';
  yield `  ${JSON.stringify(name)}: [`;
  for await (const item of items) {
    yield `${separator}\n    ${JSON.stringify(item)}`;
    separator = ',';
  }
  yield separator === '' ? ']' : '\n  ]';
}

export function cardOf(card: ContextCard): unknown {
  const { id, title, description, content, source, path, startLine, endLine, commitSha, attachmentId, pinned } = card;
  const place = { path, startLine, endLine, commit: commitSha };
  // Titles made of files' names were longer once.
  return { id, title: title.slice(0, LONGEST_TITLE), description, content, source, ...place, attachmentId, pinned };
}

export function markdownHead({ owner, repo }: SessionAccess, { title, branch }: Session): string {
  return `# ${oneLine(title)}\n\n${owner}/${repo}, branch \`${branch}\`\n`;
}

export function markdownMessage({ role, author, model, text, status, createdAt }: ExportedMessage): string {
  const who = role === 'user' ? (author ?? 'Somebody') : (model ?? 'Assistant');
  const how = status === 'complete' ? '' : ` (${status})`;
  return `\n## ${oneLine(who)}, ${createdAt}${how}\n\n${text.trim()}\n`;
}

export function markdownCard({ title, path, startLine, endLine, content }: ContextCard): string {
  const place = path === null ? '' : `${path}:${startLine ?? 1}-${endLine ?? 1}\n\n`;
  const fence = fenceFor(content);
  return `\n## Card: ${oneLine(title)}\n\n${place}${fence}\n${content}\n${fence}\n`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Longer than any fence in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(longest + 1);
}
