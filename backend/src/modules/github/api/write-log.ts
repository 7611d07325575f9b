import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/database/transactions.js';
import { AuditLog } from '../../audit/index.js';
import type { AnswerHead } from './ledger/rate-news.js';

/** A call that changes something on GitHub, or tried to. */
export interface WriteCall {
  /** As GitHub's documentation names it: `POST /repos/{owner}/{repo}/issues`; `git push` for a push. */
  readonly endpoint: string;
  /** `owner/name` */
  readonly repository: string;
  /** Whether GitHub said that it was done. */
  readonly isDone: boolean;
  /** Undefined when the connection was lost before an answer: then nobody knows whether GitHub did it. */
  readonly answer: Pick<AnswerHead, 'status' | 'headers'> | undefined;
  readonly milliseconds: number;
}

/** Each call that writes to GitHub is on the audit trail, with what GitHub needs to find it in its own logs. */
@Injectable()
export class GithubWriteLog {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async record({ endpoint, repository, isDone, answer, milliseconds }: WriteCall): Promise<void> {
    const status = answer?.status ?? null;
    const isDenied = status === 401 || status === 403;
    await this.transactions.run((tx) =>
      this.audit.record(tx, {
        action: 'github.call',
        target: { type: 'github', name: endpoint },
        result: isDone ? 'ok' : isDenied ? 'denied' : 'error',
        ...(isDone ? {} : { reason: status === null ? 'no-answer' : `status-${status}` }),
        repository,
        details: {
          endpoint,
          status,
          githubRequestId: answer?.headers['x-github-request-id'] ?? null,
          milliseconds: Math.round(milliseconds),
        },
      }),
    );
  }
}
