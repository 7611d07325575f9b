import { z } from 'zod';
import type { LlmCompletion } from '../../../platform/llm/llm.types.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { MeteredModel } from '../../auth/index.js';
import type { Outcome } from '../repositories/solves.repository.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { AgentMessage } from '../solve.types.js';
import type { Budget } from './budget.js';
import { type ModelOptions, ModelTurns } from './model-turns.js';
import { observation, OutputWindow } from './observation.js';
import { BASH, CALL_A_TOOL, SUBMIT } from './prompts.js';
import type { SolveRecorder } from './solve-recorder.js';

/** The agent's own end of its work. */
export interface Submission {
  readonly outcome: 'solved' | 'gave_up';
  readonly summary: string;
}

export interface LoopParts {
  readonly model: MeteredModel;
  readonly sandbox: Sandbox;
  readonly recorder: SolveRecorder;
  readonly budget: Budget;
  /** Stores the conversation and the tree after a step. */
  readonly checkpoint: (messages: readonly AgentMessage[]) => Promise<void>;
}

export interface LoopOptions extends ModelOptions {
  /** The most that one command may take. */
  readonly commandSeconds: number;
}

type ToolCall = Extract<AgentMessage, { role: 'assistant' }>['toolCalls'][number];

const LONGEST_COMMAND = 100_000;
const LONGEST_SUMMARY = 20_000;

const bashArguments = z.object({ command: z.string().min(1).max(LONGEST_COMMAND) });
const submitArguments = z.object({ outcome: z.enum(['solved', 'gave_up']), summary: z.string().max(LONGEST_SUMMARY) });

/** Answers without a usable tool call that are put up with in a row. */
const MOST_IDLE_TURNS = 2;

/** The agent's end of its work, if the conversation's last word is one. */
export function submissionIn(messages: readonly AgentMessage[]): Submission | undefined {
  const last = messages.at(-1);
  const call = last?.role === 'assistant' ? last.toolCalls[0] : undefined;
  return call?.name === SUBMIT ? submitArguments.safeParse(parseJson(call.arguments)).data : undefined;
}

/** The conversation between model and sandbox: one tool call a step, until the agent submits or a limit is reached. */
export class AgentLoop {
  private idleTurns = 0;

  constructor(private readonly parts: LoopParts) {}

  async run(messages: AgentMessage[], options: LoopOptions): Promise<Submission | Outcome> {
    const { model, budget, recorder, checkpoint } = this.parts;
    const turns = new ModelTurns(model, recorder, budget);
    for (;;) {
      options.signal.throwIfAborted();
      const limit = budget.exhausted();
      if (limit) return limit;
      budget.step();
      const answer = await turns.next(messages, options);
      if ('status' in answer) return answer;
      const ended = await this.act(messages, answer, options);
      await recorder.event({ type: 'budget', data: budget.snapshot() });
      await checkpoint(messages);
      if (ended) return ended;
    }
  }

  private async act(
    messages: AgentMessage[],
    answer: LlmCompletion,
    options: LoopOptions,
  ): Promise<Submission | Outcome | undefined> {
    const [call] = answer.toolCalls;
    messages.push({ role: 'assistant', content: answer.text, toolCalls: call ? [call] : [] });
    if (!call) return this.idle(messages, answer.text);
    this.idleTurns = 0;
    if (call.name === SUBMIT) return this.submit(messages, call);
    const boundary = DataBoundary.declaredIn(messages[0]?.content ?? '');
    const content = await this.runBash(call, answer.text, { ...options, boundary });
    messages.push({ role: 'tool', toolCallId: call.id, content });
    return undefined;
  }

  /** A model that talks instead of acting is reminded, then taken to have given up. */
  private async idle(messages: AgentMessage[], text: string): Promise<Submission | undefined> {
    await this.parts.recorder.event({ type: 'notice', data: { text } });
    if (++this.idleTurns > MOST_IDLE_TURNS) return { outcome: 'gave_up', summary: text.slice(0, LONGEST_SUMMARY) };
    messages.push({ role: 'user', content: CALL_A_TOOL });
    return undefined;
  }

  private submit(messages: AgentMessage[], call: ToolCall): Submission | undefined {
    const submission = submitArguments.safeParse(parseJson(call.arguments));
    if (submission.success) return submission.data;
    messages.push({ role: 'tool', toolCallId: call.id, content: `error: ${z.prettifyError(submission.error)}` });
    return undefined;
  }

  /** Runs one command; resolves to what the model reads. */
  private async runBash(
    call: ToolCall,
    thought: string,
    { commandSeconds, signal, boundary }: LoopOptions & { readonly boundary: DataBoundary },
  ): Promise<string> {
    const { recorder, sandbox, budget } = this.parts;
    const order = call.name === BASH ? bashArguments.safeParse(parseJson(call.arguments)) : undefined;
    if (!order) return `error: there is no tool ${call.name}; the tools are ${BASH} and ${SUBMIT}.`;
    if (!order.success) return `error: ${z.prettifyError(order.error)}`;
    const n = budget.stepsTaken;
    const { command } = order.data;
    await recorder.event({ type: 'step', data: { n, thought, command } });
    recorder.beginCommand();
    const output = new OutputWindow();
    const result = await sandbox.run(command, {
      seconds: Math.max(1, Math.min(commandSeconds, budget.secondsLeft)),
      signal,
      onOutput: (stream, text) => {
        output.add(text);
        recorder.output(n, stream, text);
      },
    });
    signal.throwIfAborted();
    await recorder.event({
      type: 'result',
      data: {
        n,
        exitCode: result.exitCode,
        durationMs: result.durationMs,
        ...(result.ended ? { ended: result.ended } : {}),
      },
    });
    return boundary.wrap('output', observation(result, output));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
