const MARKER = /<!-- yudai:issue:([0-9a-f-]{36}) -->/g;

/**
 * Stands at the end of every issue that is published, invisible on GitHub's page: by it the issue is found again after a
 * crash. It names the issue, which has one intent at most, so that a preview shows it before there is an intent.
 */
export function markerOf(issueId: string): string {
  return `<!-- yudai:issue:${issueId} -->`;
}

/** The issue that the last marker of a text names. */
export function markedIssueId(text: string): string | undefined {
  return [...text.matchAll(MARKER)].at(-1)?.[1];
}

/** A text that was copied from a published issue must not pass for that issue. */
export function withoutMarkers(text: string): string {
  return text.replace(MARKER, '');
}
