import type { TerminalEntry } from '../../../../ui/terminal-view/terminal-view';
import { type SolveEvent, listOf, numberOf, textOf } from './solve-event';

/** One command of the agent: why, what, what came of it. */
export interface Step {
  readonly n: number;
  readonly at: string;
  readonly thought: string;
  readonly command: string;
  readonly lines: readonly TerminalEntry[];
  /** The last line has no line break yet. */
  readonly open: boolean;
  /** Nothing while it runs. */
  readonly result?: { readonly exitCode: number; readonly durationMs: number; readonly ended: string };
}

/** A run of the repository's tests. */
export interface TestRunView {
  readonly command: string;
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: readonly string[];
}

/** Something worth telling, in the order it happened. */
export interface Moment {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly text: string;
  /** The step it is about. */
  readonly n?: number;
}

/** What a solve has done so far, as its events tell it. */
export interface Run {
  readonly seq: number;
  readonly steps: readonly Step[];
  readonly moments: readonly Moment[];
  readonly before?: TestRunView;
  readonly after?: TestRunView;
  readonly spent?: { readonly steps: number; readonly seconds: number; readonly costUsd: number };
  /** How often the diff was stored: another one is to be had when it grows. */
  readonly diffs: number;
}

export const emptyRun: Run = { seq: 0, steps: [], moments: [], diffs: 0 };

/** Adds events to a run, all at once, so that a burst of output costs one copy of its lines. */
export function advance(run: Run, events: readonly SolveEvent[]): Run {
  const next = new Advancing(run);
  for (const event of events) if (event.seq > next.seq) next.take(event);
  return next.run();
}

class Advancing {
  seq: number;
  private readonly steps: Step[];
  private readonly moments: Moment[];
  private rest: Pick<Run, 'before' | 'after' | 'spent' | 'diffs'>;
  /** Lines of steps that have grown, each copied once. */
  private readonly grown = new Map<number, { lines: TerminalEntry[]; open: boolean }>();

  constructor(run: Run) {
    this.seq = run.seq;
    this.steps = [...run.steps];
    this.moments = [...run.moments];
    this.rest = run;
  }

  run(): Run {
    for (const [at, output] of this.grown) {
      const step = this.steps[at];
      if (step) this.steps[at] = { ...step, ...output };
    }
    const { before, after, spent, diffs } = this.rest;
    return { seq: this.seq, steps: this.steps, moments: this.moments, before, after, spent, diffs };
  }

  take(event: SolveEvent): void {
    this.seq = event.seq;
    switch (event.type) {
      case 'step':
        this.step(event);
        break;
      case 'output':
        this.output(event);
        break;
      case 'result':
        this.result(event);
        break;
      case 'test':
        this.test(event);
        break;
      case 'budget':
        this.rest = { ...this.rest, spent: spentIn(event) };
        break;
      case 'diff':
        this.rest = { ...this.rest, diffs: this.rest.diffs + 1 };
        this.tell(event, `+${numberOf(event, 'insertions')} −${numberOf(event, 'deletions')}`);
        break;
      case 'status':
        this.tell(event, textOf(event, 'status'));
        break;
      case 'notice':
        this.tell(event, textOf(event, 'text'));
    }
  }

  private step(event: SolveEvent): void {
    const step: Step = {
      n: numberOf(event, 'n'),
      at: event.at,
      thought: textOf(event, 'thought'),
      command: textOf(event, 'command'),
      lines: [],
      open: false,
    };
    this.steps.push(step);
    this.tell(event, step.command, step.n);
  }

  private output(event: SolveEvent): void {
    const at = this.stepOf(event);
    const step = this.steps[at];
    if (!step) return;
    const output = this.grown.get(at) ?? { lines: [...step.lines], open: step.open };
    this.grown.set(at, output);
    const kind = textOf(event, 'stream') === 'stderr' ? 'error' : 'output';
    const pieces = textOf(event, 'text').split('\n');
    const last = output.lines.at(-1);
    if (output.open && last?.kind === kind) {
      output.lines[output.lines.length - 1] = { kind, text: last.text + (pieces.shift() ?? '') };
      output.open = pieces.length === 0;
    }
    if (pieces.length === 0) return;
    const ends = pieces.at(-1) === '';
    for (const text of ends ? pieces.slice(0, -1) : pieces) output.lines.push({ kind, text });
    output.open = !ends;
  }

  private result(event: SolveEvent): void {
    const at = this.stepOf(event);
    const step = this.steps[at];
    if (!step) return;
    const [exitCode, durationMs] = [numberOf(event, 'exitCode'), numberOf(event, 'durationMs')];
    this.steps[at] = { ...step, result: { exitCode, durationMs, ended: textOf(event, 'ended') } };
  }

  private test(event: SolveEvent): void {
    const phase = textOf(event, 'phase') === 'after' ? 'after' : 'before';
    const run: TestRunView = {
      command: textOf(event, 'command'),
      exitCode: numberOf(event, 'exitCode'),
      passed: numberOf(event, 'passed'),
      failed: listOf(event, 'failed'),
    };
    this.rest = { ...this.rest, [phase]: run };
    this.tell(event, `${phase}: ${run.passed} passed, ${run.failed.length} failed`);
  }

  private tell({ seq, at, type }: SolveEvent, text: string, n?: number): void {
    this.moments.push({ seq, at, type, text, ...(n === undefined ? {} : { n }) });
  }

  /** A step that was begun anew after a break has the same number: the newest one is meant. */
  private stepOf(event: SolveEvent): number {
    const n = numberOf(event, 'n');
    return this.steps.findLastIndex((step) => step.n === n);
  }
}

const spentIn = (event: SolveEvent): NonNullable<Run['spent']> => ({
  steps: numberOf(event, 'steps'),
  seconds: numberOf(event, 'seconds'),
  costUsd: numberOf(event, 'costUsd'),
});
