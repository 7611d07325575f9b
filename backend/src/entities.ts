import { AuditCheckpoint, AuditEntry, AuditForwardingRow, AuditHead } from './modules/audit/index.js';
import {
  ApiToken,
  BudgetRow,
  GithubToken,
  Login,
  LoginClaim,
  OauthTransaction,
  UsageDay,
  UsageEntry,
  UsageReservation,
  User,
} from './modules/auth/index.js';
import {
  Blob,
  Chunk,
  CommitFile,
  IndexSnapshot,
  RepositoryCommit,
  SnapshotFile,
  TextEmbedding,
} from './modules/embeddings/index.js';
import { Evaluation, EvaluationCase } from './modules/evaluations/index.js';
import {
  GithubInstallation,
  GithubIssue,
  PullRequest,
  Repository,
  RepositoryPermission,
  WebhookDelivery,
} from './modules/github/index.js';
import { Issue, IssueRevision, IssueSource, PublishIntent } from './modules/issues/index.js';
import {
  Attachment,
  Condensation,
  ContextCard,
  Message,
  MessageAttachment,
  MessageCard,
  MessageCitation,
  Session,
  SessionMember,
} from './modules/sessions/index.js';
import { AiModel, Solve, SolveCandidate, SolveCheckpoint, SolveEvent } from './modules/solver/index.js';
import { IdempotencyKey } from './platform/http/idempotency.entity.js';

/** Every entity, for the connection pool and for the comparison with the migrated schema. */
export const ENTITIES = [
  IdempotencyKey,
  ...[AuditEntry, AuditHead, AuditCheckpoint, AuditForwardingRow],
  ...[User, Login, ApiToken, OauthTransaction, GithubToken, LoginClaim],
  ...[UsageEntry, UsageDay, UsageReservation, BudgetRow],
  ...[Repository, RepositoryPermission, GithubInstallation, GithubIssue, WebhookDelivery, PullRequest],
  ...[Blob, Chunk, CommitFile, IndexSnapshot, RepositoryCommit, SnapshotFile, TextEmbedding],
  ...[Session, SessionMember, Message, MessageCitation, MessageCard, MessageAttachment, ContextCard, Attachment],
  Condensation,
  ...[Issue, IssueSource, IssueRevision, PublishIntent],
  ...[AiModel, Solve, SolveCandidate, SolveEvent, SolveCheckpoint],
  ...[Evaluation, EvaluationCase],
];
