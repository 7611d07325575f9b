import type { Issue } from '../entities/issue.entity.js';
import { markerOf, withoutMarkers } from './marker.js';

/** An issue as GitHub's "Create an issue" takes it. */
export interface ComposedIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: string[];
  readonly assignees: string[];
}

type Text = Pick<Issue, 'id' | 'title' | 'body' | 'labels' | 'assignees' | 'acceptance'>;

/** Exactly what GitHub receives for an issue: the text, the acceptance as a list of tasks, and the marker. */
export function composeIssue({ id, title, body, labels, assignees, acceptance }: Text): ComposedIssue {
  const parts = [withoutMarkers(body).trim(), acceptanceSection(acceptance), markerOf(id)];
  return {
    title,
    body: parts.filter((part) => part !== '').join('\n\n'),
    labels: [...labels],
    assignees: [...assignees],
  };
}

function acceptanceSection(acceptance: readonly string[]): string {
  if (acceptance.length === 0) return '';
  const tasks = acceptance.map((sentence) => `- [ ] ${withoutMarkers(sentence).replace(/\s+/g, ' ').trim()}`);
  return `## Acceptance\n\n${tasks.join('\n')}`;
}
