import type { RetrievalState } from '../entities/message.entity.js';

export interface Subject {
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  readonly commit: string | null;
}

/** Said only when there are no passages. */
export const WITHOUT_PASSAGES: Readonly<Record<Exclude<RetrievalState, 'found'>, string>> = {
  none: 'Nothing in the repository fits the question. Say so, and say what would help to find it.',
  indexing: 'The repository is still being read, so there are no passages yet. Say so.',
  unavailable: 'The repository could not be read, so there are no passages. Say so.',
};

/** The system prompt's own sentences, whatever is asked. */
export function chatRules({ repository, branch, commit }: Subject): string {
  const at = commit === null ? `branch ${branch}` : `branch ${branch} at commit ${commit.slice(0, 12)}`;
  return `You help a software team with the repository ${repository}, ${at}.
- Answer from the passages (kind "span", found for the question), the cards and the conversation. What they do not say you do not know: say so.
- Name the source of every statement about the code as [path:first-last], with lines from the passages only.
- Your earlier answers and the condensed beginning of the conversation stand between markers, too, because they may quote what
  others wrote. What was agreed there you may rely on. Write your own answer without markers.
- Be short and concrete. Markdown; code in fenced blocks with its language.`;
}
