import { Injectable } from '@nestjs/common';
import { storableText } from '../../../platform/database/storable.js';
import { SandboxFactory } from '../sandbox/sandbox.factory.js';
import type { TestRun } from '../solve.types.js';
import { OutputWindow } from './observation.js';
import type { SourceTree } from './solve-source.js';
import type { TestPlan } from './test-plan.js';
import { readReport } from './test-report.js';
import { WorkTree } from './work-tree.js';

const MOST_SECONDS = 600;

export interface TestedState {
  readonly source: Pick<SourceTree, 'mirror' | 'commit'>;
  /** What is changed on the commit; empty for the commit itself. */
  readonly patch: string;
  readonly signal: AbortSignal;
  /** The most that the run may take; bounded in any case. */
  readonly seconds?: number;
}

/**
 * Runs the repository's own tests, always on a fresh checkout of its own: what a run leaves behind is no part of the agent's
 * work, and what the agent did outside of its diff (ignored files, for one) makes no test pass.
 */
@Injectable()
export class TestBench {
  constructor(private readonly sandboxes: SandboxFactory) {}

  async run(plan: TestPlan, { source, patch, signal, seconds = MOST_SECONDS }: TestedState): Promise<TestRun> {
    const tree = await WorkTree.checkOut(source.mirror, source.commit, signal);
    try {
      await tree.apply(patch);
      const sandbox = await this.sandboxes.open(tree.path);
      const output = new OutputWindow();
      const { exitCode, durationMs } = await sandbox.run(plan.command, {
        seconds: Math.max(1, Math.min(seconds, MOST_SECONDS)),
        signal,
        onOutput: (_stream, text) => output.add(text),
      });
      await sandbox.destroy();
      signal.throwIfAborted();
      return { command: plan.command, exitCode, durationMs, ...readReport(plan, storableText(output.text)) };
    } finally {
      await tree.remove();
    }
  }
}
