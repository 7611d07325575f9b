import { z } from 'zod';
import { GITHUB_BOUNDS } from '../issue-bounds.js';
import { draftUnreadable } from '../issues.errors.js';
import type { IssueText } from '../repositories/revisions.repository.js';

/** What a draft may be labelled with and who may be assigned: names the repository has on GitHub. */
export interface KnownNames {
  readonly labels: readonly string[];
  readonly logins: readonly string[];
}

/** Providers bound the size of an enumeration; the names are checked afterwards anyway. */
const MOST_NAMES = 200;
const MOST_LABELS = 5;
const MOST_ACCEPTANCE = 10;
const LONGEST_ACCEPTANCE = 500;
/** Leaves room for the acceptance, the marker and the addresses of sources. */
const LONGEST_BODY = 50_000;

/** What the model is asked for. Every member is required and nothing else allowed, as strict structured outputs want it. */
export function draftSchema({ labels, logins }: KnownNames) {
  return {
    name: 'issue_draft',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['title', 'body', 'labels', 'assignees', 'acceptance'],
      properties: {
        title: { type: 'string', maxLength: 200, description: 'One line that names the problem or the wish.' },
        body: { type: 'string', description: 'GitHub-flavoured Markdown with headings.' },
        labels: { type: 'array', items: oneOf(labels), maxItems: MOST_LABELS },
        assignees: {
          type: 'array',
          items: oneOf(logins),
          maxItems: GITHUB_BOUNDS.assignees,
          description: 'Empty unless the material says by name who is to do it.',
        },
        acceptance: {
          type: 'array',
          items: { type: 'string', maxLength: LONGEST_ACCEPTANCE },
          maxItems: MOST_ACCEPTANCE,
          description: 'Sentences that must be true when the issue is done, each checkable.',
        },
      },
    },
  } as const;
}

function oneOf(names: readonly string[]): Readonly<Record<string, unknown>> {
  return { type: 'string', ...(names.length > 0 && names.length <= MOST_NAMES ? { enum: names } : {}) };
}

const answer = z.object({
  title: z.string().trim().min(1),
  body: z.string().trim().min(1),
  labels: z.array(z.string()).catch([]),
  assignees: z.array(z.string()).catch([]),
  acceptance: z.array(z.string()).catch([]),
});

/**
 * Reads the model's answer. Not every model obeys a schema: some wrap the document in a fence, and names that the repository
 * does not have are left out. @throws DomainError `issues.draft-unreadable`.
 */
export function readDraft(text: string, { labels, logins }: KnownNames): IssueText {
  const parsed = answer.safeParse(parse(text.replaceAll('\\u0000', '').replaceAll('\0', '')));
  if (!parsed.success) throw draftUnreadable();
  const { title, body, labels: labelled, assignees, acceptance } = parsed.data;
  return {
    title: title.replace(/\s+/g, ' ').slice(0, GITHUB_BOUNDS.title),
    body: body.slice(0, LONGEST_BODY),
    labels: among(labelled, labels).slice(0, MOST_LABELS),
    assignees: among(assignees, logins).slice(0, GITHUB_BOUNDS.assignees),
    acceptance: sentences(acceptance).slice(0, MOST_ACCEPTANCE),
  };
}

function parse(text: string): unknown {
  const document = /\{[\s\S]*\}/.exec(text)?.[0];
  try {
    return document === undefined ? undefined : (JSON.parse(document) as unknown);
  } catch {
    return undefined;
  }
}

/** As the repository spells them. */
function among(wanted: readonly string[], known: readonly string[]): string[] {
  const spelling = new Map(known.map((name) => [name.toLowerCase(), name]));
  return [...new Set(wanted.flatMap((name) => spelling.get(name.trim().toLowerCase()) ?? []))];
}

function sentences(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ACCEPTANCE)))].filter(
    Boolean,
  );
}
