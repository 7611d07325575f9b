/** A commit that says that it fixes something. */
export interface FixMark {
  /** The issue of the repository that it closes; null where it names none. */
  readonly issue: number | null;
}

/**
 * GitHub's words for closing an issue, before a number, a repository with a number, or an issue's address
 * (docs.github.com, "Linking a pull request to an issue").
 */
const CLOSES =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s{1,5}(?:https?:\/\/[^\s/]{1,200}\/(?<linked>[\w.-]{1,100}\/[\w.-]{1,100})\/issues\/|(?<named>[\w.-]{1,100}\/[\w.-]{1,100})?#)(?<number>\d{1,9})\b/gi;
const FIX_SUBJECT = /^(?:\[[^\]]{1,40}\]\s*)?fix(?:e[sd])?\b/i;
const UNDONE = [/^revert\b/i, /^This reverts commit /m];

/** Whether a commit's message is that of a fix; those that take another commit back are none. `repository`: `owner/name`. */
export function fixIn(message: string, repository: string): FixMark | null {
  if (UNDONE.some((sign) => sign.test(message))) return null;
  for (const { groups } of message.matchAll(CLOSES)) {
    const { linked, named, number } = groups ?? {};
    const where = linked ?? named ?? repository;
    if (where.toLowerCase() === repository.toLowerCase()) return { issue: Number(number) };
  }
  return FIX_SUBJECT.test(message) ? { issue: null } : null;
}

/** The message without what closes an issue or refers to one. */
export function withoutReferences(message: string): string {
  return message.replace(CLOSES, ' ').replace(REFERENCE, ' ');
}

const REFERENCE = /\(?(?:\b(?:gh-|[\w.-]{1,100}\/[\w.-]{1,100}#)|#)\d{1,9}\b\)?|https?:\/\/\S+/gi;
