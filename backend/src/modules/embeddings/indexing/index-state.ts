import type { IndexState } from '../dto/index-state.dto.js';
import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';

/** The snapshots of a branch that count. */
export interface BranchSnapshots {
  /** The newest ready one. */
  readonly serving: IndexSnapshot | null;
  /** The newest of any state. */
  readonly latest: IndexSnapshot | null;
}

/** Before anything was asked for. */
const NOT_INDEXED: IndexState = {
  ...{ status: 'queued', commit: null, headCommit: null, behind: null },
  ...{ filesTotal: 0, filesIndexed: 0, filesSkipped: 0, chunks: 0, progress: 0, etaSeconds: null },
  filesPerSecond: null,
};

export function stateOf({ serving, latest }: BranchSnapshots): IndexState {
  if (!latest) return NOT_INDEXED;
  const { status, filesTotal, filesIndexed, filesSkipped, chunks, progress, etaSeconds } = latest;
  return {
    status,
    commit: serving?.commitSha ?? null,
    headCommit: latest.commitSha,
    behind: serving?.id === latest.id ? 0 : serving ? latest.behind : null,
    ...{ filesTotal, filesIndexed, filesSkipped, chunks },
    progress: status === 'ready' ? 1 : progress,
    etaSeconds: status === 'ready' ? 0 : status === 'running' ? etaSeconds : null,
    filesPerSecond: status === 'running' ? rateOf(latest) : null,
    ...(status === 'failed' ? { error: latest.errorDetail, errorCode: latest.errorCode ?? 'internal' } : {}),
  };
}

/** The time left is reckoned from how fast it went so far, and so is this. */
function rateOf({ filesTotal, filesIndexed, filesSkipped, etaSeconds }: IndexSnapshot): number | null {
  const left = filesTotal - filesIndexed - filesSkipped;
  return etaSeconds === null || etaSeconds === 0 || left <= 0 ? null : Math.round((10 * left) / etaSeconds) / 10;
}

/** Nothing more will happen by itself. */
export function isOver({ status }: IndexState): boolean {
  return status === 'ready' || status === 'failed';
}
