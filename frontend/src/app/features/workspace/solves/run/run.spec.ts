import { advance, emptyRun } from './run';
import { type SolveEvent, solveEvent } from './solve-event';

let seq = 0;
const event = (type: string, fields: Record<string, unknown> = {}): SolveEvent => {
  seq += 1;
  const found = solveEvent({ id: String(seq), event: type, data: { seq, at: '2026-01-02T03:04:05.000Z', ...fields } });
  if (!found) throw new Error('not an event');
  return found;
};
const step = (n: number, command = 'ls') => event('step', { n, thought: 'Look', command });
const output = (text: string, stream = 'stdout', n = 1) => event('output', { n, stream, text });

describe('what a solve has done', () => {
  beforeEach(() => (seq = 0));

  it('joins output that comes in pieces into lines', () => {
    const events = [step(1), output('one\ntw'), output('o\n'), output('three')];
    const lines = advance(emptyRun, events).steps[0]?.lines.map(({ text }) => text);
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('joins them over two batches as well', () => {
    const first = advance(emptyRun, [step(1), output('on')]);
    expect(advance(first, [output('e\n')]).steps[0]?.lines).toEqual([{ kind: 'output', text: 'one' }]);
    expect(first.steps[0]?.lines).toEqual([{ kind: 'output', text: 'on' }]);
  });

  it('keeps errors apart from output', () => {
    const [only] = advance(emptyRun, [step(1), output('out'), output('err\n', 'stderr'), output('put\n')]).steps;
    expect(only?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual(['output out', 'error err', 'output put']);
  });

  it('does not count twice what comes again after a broken connection', () => {
    const events = [step(1), output('one\n')];
    const run = advance(emptyRun, events);
    expect(advance(run, events)).toEqual(run);
  });

  it('gives the result to the step it belongs to, the newest of that number', () => {
    const events = [
      step(1, 'first try'),
      step(1, 'after the break'),
      event('result', { n: 1, exitCode: 2, durationMs: 9 }),
    ];
    const { steps } = advance(emptyRun, events);
    expect(steps.map(({ result }) => result?.exitCode)).toEqual([undefined, 2]);
  });

  it('tells tests before from tests after, and the money spent', () => {
    const run = advance(emptyRun, [
      event('test', { phase: 'before', command: 'npm test', exitCode: 1, passed: 3, failed: ['adds'] }),
      event('test', { phase: 'after', command: 'npm test', exitCode: 0, passed: 4, failed: [] }),
      event('budget', { steps: 8, seconds: 60, costUsd: 0.25 }),
    ]);
    expect([run.before?.failed, run.after?.passed, run.spent?.costUsd]).toEqual([['adds'], 4, 0.25]);
  });

  it('is not upset by an event of the future or an odd one', () => {
    expect(solveEvent({ id: '1', event: 'step', data: null })).toBeUndefined();
    expect(solveEvent({ id: '1', event: 'step', data: { seq: '1' } })).toBeUndefined();
    expect(() => advance(emptyRun, [event('hologram', { n: 1 }), output('no step yet')])).not.toThrow();
  });
});
