import { setTimeout as delay } from 'node:timers/promises';
import { DomainError, isTransient } from '../../../platform/errors/domain-error.js';
import type { LlmCompletion } from '../../../platform/llm/llm.types.js';
import { BUDGET_EXCEEDED, type MeteredModel, type Payer } from '../../auth/index.js';
import type { Outcome } from '../repositories/solves.repository.js';
import type { AgentMessage } from '../solve.types.js';
import type { Budget } from './budget.js';
import { fitContext } from './context-window.js';
import { TOOLS } from './prompts.js';
import type { SolveRecorder } from './solve-recorder.js';

export interface ModelOptions {
  readonly model: string;
  /** What the model can be given at once. */
  readonly contextTokens: number;
  /** On whose behalf. */
  readonly payer: Payer;
  readonly signal: AbortSignal;
}

const SAMPLING = { maxTokens: 8_192, temperature: 0 };
/** Left free beside the conversation: the tools, the answer. */
const RESERVED_TOKENS = SAMPLING.maxTokens + 1_000;
const LEAST_TOKENS = 4_000;
const TRIES = 3;
const RETRY_MS = 2_000;
const LONGEST_RETRY_SECONDS = 60;

/** The model's part of the conversation, within what the budget leaves of time. */
export class ModelTurns {
  constructor(
    private readonly model: MeteredModel,
    private readonly recorder: SolveRecorder,
    private readonly budget: Budget,
  ) {}

  /**
   * The next step, or why there is none: the limit on time, or a budget of the user or the deployment.
   * @throws DomainError of the `llm.` family
   */
  async next(conversation: readonly AgentMessage[], options: ModelOptions): Promise<LlmCompletion | Outcome> {
    const limit = AbortSignal.timeout(Math.ceil(this.budget.secondsLeft * 1_000));
    try {
      return await this.ask(conversation, { ...options, signal: AbortSignal.any([options.signal, limit]) });
    } catch (error) {
      options.signal.throwIfAborted();
      if (limit.aborted) return this.budget.timeIsUp();
      const spent = budgetUsedUp(error);
      if (spent) return spent;
      throw error;
    }
  }

  /** Passing troubles of the model are waited out. */
  private async ask(
    conversation: readonly AgentMessage[],
    { model, contextTokens, payer, signal }: ModelOptions,
  ): Promise<LlmCompletion> {
    const messages = fitContext(conversation, Math.max(LEAST_TOKENS, contextTokens - RESERVED_TOKENS));
    for (let attempt = 1; ; attempt++) {
      try {
        const request = { model, messages, tools: TOOLS, ...SAMPLING, user: payer.userId, signal };
        const answer = await this.model.complete(request, payer);
        const { costUsd, prompt, completion } = answer.usage;
        this.budget.call({ costUsd: costUsd ?? 0, tokens: prompt + completion });
        return answer;
      } catch (error) {
        if (signal.aborted || attempt >= TRIES || !isWorthWaiting(error)) throw error;
        await this.recorder.event({ type: 'notice', data: { text: 'The model did not answer; trying again.' } });
        await delay(waitFor(error, attempt), undefined, { signal });
      }
    }
  }
}

/** What a budget holds for other calls is free again in a moment; a budget that is used up is not. */
function isWorthWaiting(error: unknown): boolean {
  if (!isTransient(error)) return false;
  return !isBudget(error) || (error.retryAfterSeconds ?? 0) <= LONGEST_RETRY_SECONDS;
}

const isBudget = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === BUDGET_EXCEEDED;

/** The work so far is kept, for when the budget starts anew. */
function budgetUsedUp(error: unknown): Outcome | undefined {
  return isBudget(error) ? { status: 'paused', reason: 'limit.budget', detail: error.detail } : undefined;
}

function waitFor(error: unknown, attempt: number): number {
  const seconds = error instanceof DomainError ? error.retryAfterSeconds : undefined;
  return seconds === undefined ? RETRY_MS * attempt : Math.min(seconds, LONGEST_RETRY_SECONDS) * 1_000;
}
