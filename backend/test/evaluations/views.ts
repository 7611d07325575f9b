/** As the api answers them. */
interface Mean {
  readonly cases: number;
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  readonly mrr: number;
}

/** An evaluation; lists have it without its cases. */
export interface View {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'done' | 'failed';
  readonly progress: number;
  readonly commit: string;
  readonly snapshotCommit: string | null;
  readonly casesTotal: number;
  readonly casesDone: number;
  readonly scores: { readonly all: Mean | null; readonly issue: Mean | null; readonly commit: Mean | null } | null;
  readonly error?: { readonly code: string };
  readonly cases: readonly {
    readonly source: string;
    readonly number: number | null;
    readonly title: string;
    readonly fixedAt: string;
    readonly gold: readonly { readonly path: string; readonly place: number | null }[];
    readonly files: readonly string[];
    readonly score: Mean | null;
  }[];
}

/** What `evaluation.changed` holds. */
export interface Told {
  readonly evaluationId: string;
  readonly status: string;
  readonly progress: number;
}
