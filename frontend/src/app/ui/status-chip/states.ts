import type { IconName } from '../icon/icons';

/** What a state means to the reader; it decides the colour. */
export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'danger';

/** How a state is shown: a colour, a word, a shape (never the colour alone) and whether work goes on. */
export interface StateView {
  readonly tone: Tone;
  readonly label: string;
  readonly icon: IconName;
  readonly busy?: boolean;
}

const unknown = (state: string): StateView => ({ tone: 'neutral', label: state, icon: 'clock' });

const solves: Record<string, StateView> = {
  queued: { tone: 'neutral', label: 'Queued', icon: 'clock' },
  starting: { tone: 'info', label: 'Starting', icon: 'wait', busy: true },
  running: { tone: 'info', label: 'Running', icon: 'wait', busy: true },
  paused: { tone: 'warning', label: 'Paused', icon: 'clock' },
  validating: { tone: 'info', label: 'Running the tests', icon: 'wait', busy: true },
  completed: { tone: 'good', label: 'Completed', icon: 'check' },
  unverified: { tone: 'warning', label: 'Not verified', icon: 'warning' },
  failed: { tone: 'danger', label: 'Failed', icon: 'close' },
  cancelled: { tone: 'neutral', label: 'Cancelled', icon: 'stop' },
};

const issues: Record<string, StateView> = {
  drafting: { tone: 'info', label: 'Drafting', icon: 'wait', busy: true },
  draft: { tone: 'neutral', label: 'Draft', icon: 'edit' },
  publishing: { tone: 'info', label: 'Publishing', icon: 'wait', busy: true },
  published: { tone: 'good', label: 'Published', icon: 'check' },
  failed: { tone: 'danger', label: 'Failed', icon: 'close' },
};

const indexes: Record<string, StateView> = {
  queued: { tone: 'neutral', label: 'Waiting to index', icon: 'clock' },
  running: { tone: 'info', label: 'Indexing', icon: 'wait', busy: true },
  ready: { tone: 'good', label: 'Indexed', icon: 'check' },
  failed: { tone: 'danger', label: 'Index failed', icon: 'close' },
};

const evaluations: Record<string, StateView> = {
  queued: { tone: 'neutral', label: 'Waiting', icon: 'clock' },
  running: { tone: 'info', label: 'Measuring', icon: 'wait', busy: true },
  done: { tone: 'good', label: 'Measured', icon: 'check' },
  failed: { tone: 'danger', label: 'Failed', icon: 'close' },
};

/** The look of a solve's status. */
export const solveState = (status: string): StateView => solves[status] ?? unknown(status);

/** The look of an issue's status. */
export const issueState = (status: string): StateView => issues[status] ?? unknown(status);

/** The look of an index's status. */
export const indexState = (status: string): StateView => indexes[status] ?? unknown(status);

/** The look of an evaluation's status. */
export const evaluationState = (status: string): StateView => evaluations[status] ?? unknown(status);
