import type { ChatMessage, ChatRequest } from '../api/chat-request.js';
import { type Reply, toolReply } from '../api/reply.js';
import { allBlocks } from '../answers/prompt.js';
import { findRecording, type RecordedStep, type Recording } from './recording.js';

export const BASH = 'bash';
export const SUBMIT = 'submit';

/** Whether a request asks for the next step of an agent. */
export function isSolve({ tools = [] }: ChatRequest): boolean {
  return [BASH, SUBMIT].every((name) => tools.some((tool) => tool.function.name === name));
}

export interface ReplayOptions {
  /** Leaves out the steps that mend the fault and claims success all the same. */
  readonly skipFix: boolean;
}

/** The next step of the recorded trajectory of this issue; gives up at once where there is none. */
export function nextStep(
  { messages }: ChatRequest,
  recordings: readonly Recording[],
  { skipFix }: ReplayOptions,
): Reply {
  const recording = findRecording(recordings, issueOf(messages));
  if (!recording) {
    return giveUp(
      'I am the local stand-in for a language model and can only replay the solves that were recorded. ' +
        'There is no recording of this issue, so I cannot solve it. Point LLM_BASE_URL to a real model to have it solved.',
    );
  }
  const steps = recording.steps.filter((step) => !(skipFix && step.fix));
  const taken = messages.filter((message) => message.role === 'assistant' && message.tool_calls?.length).length;
  const before = steps[taken - 1];
  if (!skipFix && before && !cameOut(before, messages)) return giveUp(deviation(taken, before));
  const step = steps[taken];
  if (!step) return toolReply('That is all.', SUBMIT, { outcome: 'solved', summary: recording.summary });
  return toolReply(step.thought, BASH, { command: step.command.join('\n') });
}

/** The issue, where the prompt marks it; else the task as a whole. */
function issueOf(messages: readonly ChatMessage[]): string {
  const issues = allBlocks(messages).filter((block) => block.kind === 'issue');
  if (issues.length > 0) return issues.map((block) => block.text).join('\n');
  return messages.find((message) => message.role === 'user')?.content ?? '';
}

function cameOut(step: RecordedStep, messages: readonly ChatMessage[]): boolean {
  const observation = messages.findLast((message) => message.role === 'tool')?.content ?? '';
  return !step.expect || observation.includes(step.expect);
}

function deviation(number: number, step: RecordedStep): string {
  return (
    `I am the local stand-in for a language model and replay a recorded solve. Step ${number} did not come out as ` +
    `recorded: its output has no "${step.expect ?? ''}". This is not the repository that I know, or it has changed.`
  );
}

function giveUp(summary: string): Reply {
  return toolReply(summary, SUBMIT, { outcome: 'gave_up', summary });
}
