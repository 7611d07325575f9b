import type { RetrievalState } from '../entities/message.entity.js';

export interface Subject {
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  readonly commit: string | null;
}

const STATE: Readonly<Record<RetrievalState, string>> = {
  found: 'The passages below were found for the question.',
  none: 'Nothing in the repository fits the question. Say so, and say what would help to find it.',
  indexing: 'The repository is still being read, so there are no passages yet. Say so.',
  unavailable: 'The repository could not be read, so there are no passages. Say so.',
};

/** The system prompt's own sentences. */
export function chatRules({ repository, branch, commit }: Subject, state: RetrievalState): string {
  const at = commit === null ? `branch ${branch}` : `branch ${branch} at commit ${commit.slice(0, 12)}`;
  return `You help a software team with the repository ${repository}, ${at}.
- Answer from the passages, the cards and the conversation. What they do not say you do not know: say so.
- Name the source of every statement about the code as [path:first-last], with lines from the passages only.
- Be short and concrete. Markdown; code in fenced blocks with its language.
${STATE[state]}`;
}
