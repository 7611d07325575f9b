import { DomainError } from '../../platform/errors/domain-error.js';
import type { IssueError } from './entities/issue.entity.js';

const UNKNOWN: IssueError = {
  kind: 'upstream',
  code: 'internal',
  detail: 'Something went wrong on the server. Try again.',
};

/** A failure as it is stored and shown; of what was not expected nothing is told. */
export function errorOf(error: unknown): IssueError {
  return error instanceof DomainError ? { kind: error.kind, code: error.code, detail: error.detail } : UNKNOWN;
}
