import { type Figure, median } from './figure.js';
import type { Fixture } from './fixture.js';
import { waitFor } from '../test/support/index.js';

interface SolveEvent {
  readonly type: string;
  readonly at: string;
  readonly durationMs?: number;
}

const ENDED = new Set(['completed', 'unverified', 'failed', 'cancelled', 'paused']);
const MINUTES_5 = 300_000;

/** Of each step of a solve, what is not its command: the model's call, the checkpoint, the events. */
export async function solver({ member, sample }: Fixture): Promise<Figure[]> {
  const issuePath = `/api/sessions/${sample.id}/issues`;
  const { body: issue } = await member.post<{ id: string }>(issuePath, { githubNumber: 1 });
  const { body: begun } = await member.post<{ id: string }>(`/api/issues/${issue.id}/solves`, {});
  await waitFor(
    'the solve',
    async () => {
      const { body } = await member.get<{ status: string }>(`/api/solves/${begun.id}`);
      return ENDED.has(body.status) ? body : undefined;
    },
    MINUTES_5,
  );
  const json = { accept: 'application/json' };
  const { body: events } = await member.get<{ items: SolveEvent[] }>(`/api/solves/${begun.id}/events?limit=200`, json);
  const steps = events.items.filter(({ type }) => type === 'step').map(({ at }) => Date.parse(at));
  const commands = events.items.filter(({ type }) => type === 'result').map(({ durationMs }) => durationMs ?? 0);
  const whole = steps.slice(1).map((at, index) => at - (steps[index] ?? at));
  const overhead = whole.map((ms, index) => ms - (commands[index] ?? 0));
  return [
    {
      what: 'solver, a whole step',
      value: median(whole),
      unit: 'ms',
      reference: { what: 'its command in the sandbox', value: median(commands) },
    },
    { what: 'solver, a step without its command', value: median(overhead), unit: 'ms' },
  ];
}
