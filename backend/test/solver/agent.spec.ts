import { SandboxFactory } from '../../src/modules/solver/sandbox/sandbox.factory.js';
import { startWorker, type TestApp } from '../support/index.js';
import { ended, eventsOf, outputOf, start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

describe('what an agent may come up with', () => {
  let on: ScriptedStack;
  let worker: TestApp;

  beforeAll(async () => {
    on = await startScriptedStack();
    worker = await startWorker(on.stack);
  }, 300_000);

  afterAll(() => on.stack.stop());

  const FIX = `sed -i 's/limit < todos.length - 1/limit < todos.length/' src/todos/paginate.js`;
  /** The tree works, but only with a file that its own `.gitignore` keeps out of every diff. */
  const HIDE = `sed -i 's/paginate.js/hidden.js/' $(grep -rl paginate.js src test)`;

  it.each([
    ['claims success without a change', ['echo nothing'], 'failed', 'diff.empty'],
    ['changes something that mends nothing', ['echo x >> README.md'], 'unverified', 'tests.still-failing'],
    [
      'mends one thing and breaks another',
      [FIX, "sed -i 's/200/500/' src/*.js src/*/*.js"],
      'failed',
      'tests.regressed',
    ],
    ['takes the red test away', ['rm test/paginate.test.js'], 'unverified', 'tests.fewer'],
    [
      'mends it in a file that is no part of the diff',
      [
        `cp src/todos/paginate.js src/todos/hidden.js; echo hidden.js > .gitignore; ${FIX.replace('paginate', 'hidden')}; ${HIDE}`,
      ],
      'failed',
      'tests.regressed',
    ],
    ['mends it', [FIX], 'completed', undefined],
  ])('%s', async (name, commands, status, reason) => {
    const script = name.replaceAll(' ', '_');
    const { id } = await start(on.member, on.issueId, on.model.play(script, ...commands));
    const solve = await ended(on.member, id);
    expect({ status: solve.status, reason: solve.reason }).toEqual({ status, reason });
  });

  it('only talks: is reminded, then taken to have given up', async () => {
    const wish = on.model.play('talk', { say: 'Hm.' }, { say: 'Well.' }, { say: 'I do not know.' });
    const solve = await ended(on.member, (await start(on.member, on.issueId, wish)).id);
    expect(solve).toMatchObject({ status: 'failed', reason: 'agent.gave-up', detail: 'I do not know.' });
  });

  it('V5: calls tools that there are not, with arguments that are none: is told so and goes on', async () => {
    const wish = on.model.play(
      'confused',
      { tool: 'browser', argument: { url: 'https://example.com' } },
      { tool: 'bash', argument: { cmd: 'ls' } },
      { tool: 'submit', argument: { outcome: 'perhaps' } },
      { submit: 'gave_up' },
    );
    const solve = await ended(on.member, (await start(on.member, on.issueId, wish)).id);
    expect(solve).toMatchObject({ reason: 'agent.gave-up', spent: { steps: 4 } });
    const told = on.model.asked.at(-1)?.messages.filter(({ role }) => role === 'tool');
    expect(told?.every(({ content }) => content?.startsWith('error: '))).toBe(true);
  });

  it('prints what no database holds, and more than anybody reads: the solve goes on', async () => {
    const wish = on.model.play(
      'loud',
      String.raw`printf 'zero \0 half \xed\xa0\x80 end\n'; head -c 3000000 /dev/zero | tr '\0' x; echo; echo the last line`,
      { submit: 'gave_up' },
    );
    const { id } = await start(on.member, on.issueId, wish);
    expect((await ended(on.member, id)).reason).toBe('agent.gave-up');
    const events = await eventsOf(on.member, id);
    expect(outputOf(events)).toContain('zero \uFFFD half');
    expect(outputOf(events).length).toBeLessThan(250_000);
    expect(events.some(({ type, text }) => type === 'notice' && String(text).includes('more characters'))).toBe(true);
    const seen = on.model.asked.at(-1)?.messages.at(-1)?.content ?? '';
    expect(seen.length).toBeLessThan(12_000);
    expect(seen).toContain('the last line');
  });

  it('D18: is given the issue as data between delimiters', async () => {
    const wish = on.model.play('asked', { submit: 'gave_up' });
    await ended(on.member, (await start(on.member, on.issueId, wish)).id);
    const [system, user] = on.model.asked.at(-1)?.messages ?? [];
    const tag = /<(data-\S+) kind="issue">/.exec(user?.content ?? '')?.[1] ?? 'no tag';
    expect(system?.content).toContain(`Text between <${tag} …>`);
    expect(user?.content?.split(`<${tag} kind="issue">`)[1]?.split(`</${tag}>`)[0]).toContain('21 to-dos');
    expect(user?.content).toContain('The last to-do is missing');
  });

  it('has a model that fails for good: the solve says so', async () => {
    const wish = on.model.play('broken', 'echo begun', { fail: 400 });
    const solve = await ended(on.member, (await start(on.member, on.issueId, wish)).id);
    expect(solve).toMatchObject({ status: 'failed', reason: 'model.error' });
  });

  it('has no sandbox to work in: nothing is run, and nobody is asked', async () => {
    // A machine on which neither way of confinement works is not to be had here.
    const choice = jest.spyOn(worker.get(SandboxFactory), 'adapter').mockResolvedValue(undefined);
    const wish = on.model.play('homeless', 'echo begun');
    const { id } = await start(on.member, on.issueId, wish);
    const solve = await ended(on.member, id);
    choice.mockRestore();
    expect(solve).toMatchObject({ status: 'failed', reason: 'solver.sandbox-unavailable' });
    expect(solve.detail).toContain('bubblewrap');
    expect(on.model.asked.some(({ script }) => script === 'homeless')).toBe(false);
  });
});
