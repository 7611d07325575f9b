/** States of a solve, as the contract names them. */
export const SOLVE_STATUSES = [
  'queued',
  'starting',
  'running',
  'paused',
  'validating',
  'completed',
  'unverified',
  'failed',
  'cancelled',
] as const;
export type SolveStatus = (typeof SOLVE_STATUSES)[number];

/** Waiting or under way: these count against a user's open solves and are found by the relay. */
export const OPEN_STATUSES = ['queued', 'starting', 'running', 'validating'] as const satisfies readonly SolveStatus[];

export const isOver = (status: SolveStatus): boolean => !(OPEN_STATUSES as readonly SolveStatus[]).includes(status);

export const SOLVE_EVENT_TYPES = [
  'status',
  'step',
  'output',
  'result',
  'notice',
  'budget',
  'test',
  'checkpoint',
  'diff',
  'done',
] as const;
export type SolveEventType = (typeof SOLVE_EVENT_TYPES)[number];

/** How a suite ended on one state of the tree. */
export interface TestRun {
  readonly command: string;
  readonly exitCode: number;
  readonly durationMs: number;
  readonly passed: number;
  /** Names of the tests that failed, as the runner printed them; bounded. */
  readonly failed: readonly string[];
}

/** The suite before and after the change. */
export interface TestComparison {
  readonly before: TestRun;
  readonly after: TestRun;
  /** Failed before, not any more. */
  readonly fixed: readonly string[];
  /** Fails now and did not before. */
  readonly regressed: readonly string[];
}

export interface DiffStat {
  readonly files: number;
  readonly insertions: number;
  readonly deletions: number;
}

/** A message of the model's conversation, as it is kept in checkpoints and shown in the trajectory. */
export type AgentMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string;
      readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
    }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };
