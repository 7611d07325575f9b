import type { RepositoryAccess } from '../../github/index.js';
import type { ComposedIssue } from './compose.js';
import { findCredentials } from './credentials.js';
import { GITHUB_BOUNDS } from '../issue-bounds.js';

export interface Surroundings {
  readonly repository: Pick<RepositoryAccess, 'archived' | 'canWrite'>;
  /** Whether the repository takes issues at all. */
  readonly hasIssues: boolean;
  readonly labels: readonly string[];
  readonly logins: readonly string[];
  /** Sentences of the acceptance. */
  readonly acceptance: readonly string[];
}

const MOST_CREDENTIALS = 5;

/** What speaks against publishing an issue as it is, a sentence each; the gravest first. */
export function warningsOf(issue: ComposedIssue, around: Surroundings): string[] {
  return [...obstacles(issue, around), ...credentials(issue), ...names(issue, around), ...gaps(around)];
}

/** GitHub will refuse it, or we will. */
function obstacles({ title, body }: ComposedIssue, { repository, hasIssues }: Surroundings): string[] {
  return [
    ...(title.trim() === '' ? ['The title is empty.'] : []),
    ...(body.length > GITHUB_BOUNDS.body
      ? [`The text is longer than the ${GITHUB_BOUNDS.body} characters GitHub takes.`]
      : []),
    ...(repository.archived ? ['The repository is archived; GitHub takes no issues there.'] : []),
    ...(hasIssues ? [] : ['Issues are turned off in this repository.']),
    ...(repository.canWrite || repository.archived
      ? []
      : ['You may not write to this repository, so you cannot publish here.']),
  ];
}

function credentials({ title, body }: ComposedIssue): string[] {
  const inTitle = findCredentials(title).map(({ kind }) => `The title seems to contain ${kind}.`);
  const inBody = findCredentials(body).map(({ kind, line }) => `Line ${line} of the text seems to contain ${kind}.`);
  return [...inTitle, ...inBody].slice(0, MOST_CREDENTIALS);
}

function names(issue: ComposedIssue, { labels, logins }: Surroundings): string[] {
  const unknownLabels = without(issue.labels, labels);
  const unknownLogins = without(issue.assignees, logins);
  return [
    ...(unknownLabels.length > 0
      ? [`The repository has no label ${unknownLabels.join(', ')}; GitHub will create it.`]
      : []),
    ...(unknownLogins.length > 0
      ? [`GitHub cannot assign ${unknownLogins.join(', ')} here and may refuse the issue.`]
      : []),
  ];
}

function gaps({ acceptance }: Surroundings): string[] {
  return acceptance.length > 0 ? [] : ['It does not say when the issue is done: the acceptance is empty.'];
}

/** Names are compared as GitHub does, without regard to case. */
function without(wanted: readonly string[], known: readonly string[]): string[] {
  const there = new Set(known.map((name) => name.toLowerCase()));
  return wanted.filter((name) => !there.has(name.toLowerCase()));
}
