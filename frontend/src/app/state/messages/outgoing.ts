import type { Problem } from '../../core/problem/problem';

/** A message on its way: shown at once, kept until the server has it, never lost silently. */
export interface Outgoing {
  readonly sessionId: string;
  readonly clientMessageId: string;
  readonly text: string;
  readonly parentId: string | null;
  readonly attachmentIds: readonly string[];
  readonly status: 'sending' | { readonly problem: Problem };
}
