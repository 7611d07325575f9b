import { DataBoundary } from '../../../platform/llm/untrusted.js';
import type { ChatMessage, ChatRequest } from '../api/chat-request.js';
import issues from '../../forge/sample/issues.json' with { type: 'json' };
import { loadRecordings, type Recording } from './recording.js';
import { isSolve, nextStep } from './replay.js';

const recordings = loadRecordings();
const [recording] = recordings as [Recording];

const tools = ['bash', 'submit'].map((name) => ({ type: 'function' as const, function: { name } }));

function task(issue: { title: string; body: string }, done: readonly ChatMessage[] = []): ChatRequest {
  const block = new DataBoundary().wrap('issue', `# ${issue.title}\n\n${issue.body}`);
  return {
    model: 'local/stand-in',
    tools,
    messages: [
      { role: 'system', content: 'Solve.' },
      { role: 'user', content: `Solve this issue:\n\n${block}` },
      ...done,
    ],
  };
}

/** The messages of the first steps, with the observations that were recorded. */
function steps(
  count: number,
  observe = (step: Recording['steps'][number]): string => step.expect ?? '',
): ChatMessage[] {
  return recording.steps.slice(0, count).flatMap((step, index): ChatMessage[] => [
    {
      role: 'assistant',
      content: step.thought,
      tool_calls: [{ id: `call-${index}`, type: 'function', function: { name: 'bash', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: `call-${index}`, content: `exit code: 0\noutput:\n${observe(step)}` },
  ]);
}

const sample = issues[0] as { title: string; body: string };
const call = (request: ChatRequest, skipFix = false): { name: string; argument: Record<string, string> } => {
  const [made] = nextStep(request, recordings, { skipFix }).toolCalls;
  return { name: made?.name ?? '', argument: JSON.parse(made?.arguments ?? '{}') as Record<string, string> };
};

describe('replayed solves', () => {
  it('is a solve when the tools of the agent are offered', () => {
    expect(isSolve(task(sample))).toBe(true);
    expect(isSolve({ ...task(sample), tools: tools.slice(0, 1) })).toBe(false);
  });

  it('takes the recorded steps one after the other, then submits', () => {
    expect(recording.steps.length).toBeGreaterThanOrEqual(8);
    for (const [index, step] of recording.steps.entries()) {
      expect(call(task(sample, steps(index)))).toEqual({
        name: 'bash',
        argument: { command: step.command.join('\n') },
      });
    }
    expect(call(task(sample, steps(recording.steps.length)))).toEqual({
      name: 'submit',
      argument: { outcome: 'solved', summary: recording.summary },
    });
  });

  it('knows the issue in the words of others', () => {
    for (const body of [
      'When I page through my todos the final one gets dropped.',
      'Pagination loses the last item if it is alone.',
      'With limit=3 and 7 to-dos I never see the last to-do.',
    ]) {
      expect(call(task({ title: 'Problem', body })).name).toBe('bash');
    }
  });

  it.each((issues as { title: string; body: string }[]).slice(1))('gives up at once on "$title"', (issue) => {
    const { name, argument } = call(task(issue));
    expect(name).toBe('submit');
    expect(argument).toMatchObject({
      outcome: 'gave_up',
      summary: expect.stringContaining('cannot solve it') as string,
    });
  });

  it('gives up when a step did not come out as recorded', () => {
    const { name, argument } = call(
      task(
        sample,
        steps(3, () => 'No such file or directory'),
      ),
    );
    expect(name).toBe('submit');
    expect(argument['outcome']).toBe('gave_up');
  });

  it('leaves out the fixing step when told to, and claims success all the same', () => {
    const fixAt = recording.steps.findIndex((step) => step.fix);
    const next = recording.steps[fixAt + 1];
    expect(call(task(sample, steps(fixAt)), true).argument['command']).toBe(next?.command.join('\n'));
    expect(call(task(sample, steps(recording.steps.length - 1)), true).argument['outcome']).toBe('solved');
  });
});
