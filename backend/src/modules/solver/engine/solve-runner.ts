import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ModelCatalogue } from '../../../platform/llm/model-catalogue.js';
import { MeteredModel } from '../../auth/index.js';
import { SandboxFactory } from '../sandbox/sandbox.factory.js';
import type { Solve } from '../entities/solve.entity.js';
import type { Outcome } from '../repositories/solves.repository.js';
import type { AgentMessage, TestRun } from '../solve.types.js';
import { AgentLoop, type Submission, submissionIn } from './agent-loop.js';
import { Budget } from './budget.js';
import type { Diff } from './diff.js';
import { openingMessages } from './prompts.js';
import type { SolveProgress } from './solve-progress.js';
import { SolveSource } from './solve-source.js';
import { type Baseline, type Stretch, StretchTimeout } from './stretch.js';
import { findTestPlan, type TestPlan } from './test-plan.js';
import { compareRuns } from './test-report.js';
import { TestBench } from './test-bench.js';
import { verdict } from './verdict.js';
import { WorkTree } from './work-tree.js';

/** One stretch of work on a solve: from its latest checkpoint to its end, or to a limit. */
@Injectable()
export class SolveRunner {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly source: SolveSource,
    private readonly sandboxes: SandboxFactory,
    private readonly bench: TestBench,
    private readonly model: MeteredModel,
    private readonly catalogue: ModelCatalogue,
  ) {}

  /** @returns how the solve stands now; failures that are nobody's mistake are thrown. */
  async run(solve: Solve, progress: SolveProgress, signal: AbortSignal): Promise<Outcome> {
    await progress.enter('starting');
    const budget = new Budget(
      { steps: solve.limitSteps, seconds: solve.limitMinutes * 60, costUsd: solve.limitCostUsd },
      { steps: solve.spentSteps, seconds: solve.spentSeconds, costUsd: solve.spentCostUsd },
    );
    const source = await this.source.open(solve, signal);
    const tree = await WorkTree.checkOut(source.mirror, source.commit, signal);
    try {
      return await this.work({ solve, source, tree, progress, budget, signal });
    } finally {
      await tree.remove();
    }
  }

  private async work(stretch: Stretch): Promise<Outcome> {
    const { source, tree, progress, signal } = stretch;
    const checkpoint = await progress.checkpoint();
    const plan = await findTestPlan(tree.path);
    const before = checkpoint ? checkpoint.testsBefore : await this.testBefore(plan, stretch);
    const messages: AgentMessage[] = checkpoint
      ? [...checkpoint.messages]
      : openingMessages({ ...source.task, ...(plan ? { testCommand: plan.command } : {}) });
    await tree.apply(checkpoint?.patch ?? '');
    await progress.enter('running', { baseCommit: source.commit });
    // An earlier worker may have ended between the agent's submission and the look at it.
    const ended =
      submissionIn(messages) ?? (await this.keepingWork(stretch, () => this.converse(stretch, messages, before)));
    signal.throwIfAborted();
    return 'outcome' in ended ? this.validate(stretch, ended, { plan, before }) : ended;
  }

  private async converse(
    { solve, source, tree, progress, budget, signal }: Stretch,
    messages: AgentMessage[],
    testsBefore: TestRun | null,
  ): Promise<Submission | Outcome> {
    const sandbox = await this.sandboxes.open(tree.path);
    const loop = new AgentLoop({
      model: this.model,
      sandbox,
      recorder: progress.recorder,
      budget,
      checkpoint: async (conversation) => {
        const diff = await this.diffToKeep(tree, progress);
        const standing = { step: budget.stepsTaken, messages: conversation, testsBefore };
        if (diff) await progress.saveCheckpoint({ ...standing, diff, spent: budget.takeBooked() });
      },
    });
    try {
      return await loop.run(messages, {
        model: solve.model,
        payer: { userId: source.userId, kind: 'solve', ref: solve.id, repository: source.task.repository },
        contextTokens: await this.contextTokens(solve.model),
        commandSeconds: this.config.SOLVER_COMMAND_SECONDS,
        signal,
      });
    } finally {
      await sandbox.destroy();
    }
  }

  /** Too much for now may be less after the next step; until then the checkpoint before stays the one to go on from. */
  private async diffToKeep(tree: WorkTree, progress: SolveProgress): Promise<Diff | undefined> {
    try {
      return await tree.diff();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await progress.recorder.event({ type: 'notice', data: { text: error.detail } });
      return undefined;
    }
  }

  /** Whatever ends the agent's work, what it has done to the tree is kept with the solve. */
  private async keepingWork<T>({ tree, progress, budget, signal }: Stretch, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      if (!signal.aborted || signal.reason instanceof StretchTimeout) {
        await progress.spend(budget.takeBooked());
        await progress.saveDiff(await tree.diff());
      }
    }
  }

  /** The server's own look at the result: the tests on the commit with the diff, against those on the commit alone. */
  private async validate(
    { source, tree, progress, signal }: Stretch,
    submission: Submission,
    { plan, before }: Baseline,
  ): Promise<Outcome> {
    await progress.enter('validating');
    await progress.saveSummary(submission.summary);
    const diff = await tree.diff();
    const worthTesting = submission.outcome === 'solved' && diff.files > 0;
    if (!worthTesting || !plan || !before) return verdict({ ...submission, diff });
    const tests = compareRuns(before, await this.bench.run(plan, { source, patch: diff.patch, signal }));
    await progress.saveTests(tests);
    return verdict({ ...submission, diff, tests });
  }

  private async testBefore(plan: TestPlan | undefined, stretch: Stretch): Promise<TestRun | null> {
    if (!plan) return null;
    const { source, progress, budget, signal } = stretch;
    const run = await this.bench.run(plan, { source, patch: '', signal, seconds: budget.secondsLeft });
    await progress.testedBefore(run);
    return run;
  }

  /** The provider's word on the model; the deployment's own bound where it says nothing. */
  private async contextTokens(model: string): Promise<number> {
    const info = await this.catalogue.find(model).catch(() => undefined);
    return info?.contextLength ?? this.config.LLM_CONTEXT_TOKENS;
  }
}
