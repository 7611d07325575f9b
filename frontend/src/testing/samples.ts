import type {
  Card,
  Context,
  EvaluationDetail,
  EvaluatedFix,
  IndexState,
  Issue,
  Message,
  Session,
  Solve,
} from '@yudai/sdk';
import { type Problem, problemFrom } from '../app/core/problem/problem';

/** Objects as the server gives them, for tests: whatever a test is not about is filled in. */
const at = '2026-01-02T03:04:05.000Z';

export const anIndex = (changes: Partial<IndexState> = {}): IndexState => ({
  status: 'ready',
  commit: 'c0ffee',
  headCommit: 'c0ffee',
  behind: 0,
  filesTotal: 3,
  filesIndexed: 3,
  filesSkipped: 0,
  chunks: 9,
  progress: 1,
  etaSeconds: null,
  filesPerSecond: null,
  ...changes,
});

export const aSession = (changes: Partial<Session> = {}): Session => ({
  id: 's1',
  title: 'Login loops',
  owner: 'acme',
  repo: 'todo-api',
  branch: 'main',
  role: 'owner',
  archived: false,
  index: anIndex(),
  counts: { messages: 2, cards: 0, issues: 0, solves: 0 },
  tokens: 10,
  createdAt: at,
  updatedAt: at,
  lastActivityAt: at,
  expiresAt: '2099-01-02T03:04:05.000Z',
  ...changes,
});

export const aMessage = (changes: Partial<Message> = {}): Message => ({
  id: 'm1',
  parentId: null,
  role: 'user',
  text: 'Why?',
  status: 'complete',
  author: null,
  model: null,
  tokens: { prompt: null, completion: null },
  cost: null,
  retrieval: null,
  createdAt: at,
  ...changes,
});

export const anIssue = (changes: Partial<Issue> = {}): Issue => ({
  id: 'i1',
  sessionId: 's1',
  title: 'Updates get lost',
  body: 'Two writers.',
  labels: [],
  assignees: [],
  status: 'draft',
  githubNumber: null,
  githubUrl: null,
  revision: 1,
  acceptance: [],
  provenance: { messageIds: [], cardIds: [] },
  createdAt: at,
  updatedAt: at,
  ...changes,
});

export const aSolve = (changes: Partial<Solve> = {}): Solve => ({
  id: 'v1',
  issueId: 'i1',
  sessionId: 's1',
  status: 'running',
  model: 'local',
  limits: { steps: 50, minutes: 30, costUsd: 1 },
  spent: { steps: 0, seconds: 0, costUsd: 0, tokens: 0 },
  candidates: [],
  diffStat: { files: 0, insertions: 0, deletions: 0 },
  createdAt: at,
  startedAt: at,
  finishedAt: null,
  ...changes,
});

export const aFix = (changes: Partial<EvaluatedFix> = {}): EvaluatedFix => ({
  source: 'issue',
  number: 7,
  title: 'Updates get lost',
  commit: 'c0ffee',
  url: null,
  fixedAt: at,
  gold: [{ path: 'src/store.js', place: 1 }],
  files: ['src/store.js'],
  score: { recallAt1: 1, recallAt5: 1, recallAt10: 1, mrr: 1 },
  ...changes,
});

export const anEvaluation = (changes: Partial<EvaluationDetail> = {}): EvaluationDetail => ({
  id: 'e1',
  sessionId: 's1',
  status: 'running',
  progress: 0.5,
  etaSeconds: 30,
  branch: 'main',
  commit: 'c0ffee',
  snapshotCommit: null,
  casesTotal: 2,
  casesDone: 1,
  scores: null,
  createdAt: at,
  startedAt: at,
  finishedAt: null,
  cases: [],
  ...changes,
});

export const aProblem = (status: number, code = `http.${status}`): Problem =>
  problemFrom({ detail: 'No.', code, requestId: 'req-1' }, status);

export const aCard = (changes: Partial<Card> = {}): Card => ({
  ...{ id: 'c1', title: 'A card', description: '', content: 'What it says.' },
  ...{ source: 'chat', stale: false, pinned: false, tokens: 4 },
  ...changes,
});

export const aPart = (changes: Partial<Context['parts'][number]> = {}): Context['parts'][number] => ({
  id: 'turn:m1',
  kind: 'turn',
  title: 'Why?',
  tokens: 10,
  pinned: false,
  state: 'included',
  ...changes,
});

export const aContext = (changes: Partial<Context> = {}): Context => ({
  parts: [],
  budget: 1_000,
  used: 0,
  reserved: 0,
  refusal: null,
  condensing: null,
  ...changes,
});
