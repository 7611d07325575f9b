import { TestBed } from '@angular/core/testing';
import { provideMockActions } from '@ngrx/effects/testing';
import type { Action } from '@ngrx/store';
import { client } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aFix, anEvaluation } from '../../../../testing/samples';
import { liveActions } from '../../../core/live/live.actions';
import { ProblemError } from '../../../core/problem/problem';
import { aProblem } from '../../../../testing/samples';
import { EvaluationsStore } from './evaluations.store';

const done = anEvaluation({
  id: 'e1',
  status: 'done',
  scores: { all: { cases: 1, recallAt1: 1, recallAt5: 1, recallAt10: 1, mrr: 1 }, issue: null, commit: null },
  cases: [aFix()],
});
const running = anEvaluation({ id: 'e2' });

describe('the evaluations of a session', () => {
  let actions: Subject<Action>;
  let asked: string[];
  /** What the server says now, by "METHOD path". */
  let server: Record<string, unknown>;

  beforeEach(() => {
    vi.useFakeTimers();
    actions = new Subject();
    asked = [];
    server = {
      'GET /api/sessions/s1/evaluations': { items: [done], nextCursor: null },
      'GET /api/evaluations/e1': done,
      'GET /api/evaluations/e2': running,
      'POST /api/sessions/s1/evaluations': running,
    };
    client.setConfig({
      baseUrl: 'http://yudai.test',
      fetch: (input: RequestInfo | URL) => {
        const { method, url } = new Request(input);
        const call = `${method} ${new URL(url).pathname}`;
        asked.push(call);
        const answer = server[call];
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve(Response.json(answer));
      },
    });
    TestBed.configureTestingModule({ providers: [EvaluationsStore, provideMockActions(() => actions)] });
  });
  afterEach(() => vi.useRealTimers());

  const settle = (ms = 50): Promise<unknown> => {
    TestBed.tick();
    return vi.advanceTimersByTimeAsync(ms).then(() => TestBed.tick());
  };
  const open = async () => {
    const store = TestBed.inject(EvaluationsStore);
    store.show('s1');
    await settle();
    await settle();
    return store;
  };
  const changed = (evaluationId: string, sessionId = 's1') =>
    liveActions.evaluationChanged({ sessionId, evaluationId });

  it('shows the newest with its fixes, and another one when the address names it', async () => {
    server['GET /api/sessions/s1/evaluations'] = { items: [running, done], nextCursor: null };
    const store = await open();
    expect([store.shown()?.id, store.fixes(), store.underWay()]).toEqual(['e2', [], true]);
    store.choose('e1');
    await settle();
    expect([store.shown()?.id, store.fixes()?.length]).toEqual(['e1', 1]);
  });

  it('shows one that was begun at once, and follows it to its end without asking for each piece of news', async () => {
    const store = await open();
    store.start();
    await settle();
    expect([store.shown()?.id, store.underWay(), store.starting()]).toEqual(['e2', true, false]);
    asked = [];
    for (let news = 0; news < 20; news += 1) {
      actions.next(changed('e2'));
      await settle(100);
    }
    expect(asked.length).toBeLessThanOrEqual(4);
    server['GET /api/evaluations/e2'] = { ...done, id: 'e2' };
    actions.next(changed('e2'));
    await settle(1500);
    expect([store.shown()?.status, store.fixes()?.length, store.underWay()]).toEqual(['done', 1, false]);
  });

  it('does not listen to what other sessions measure', async () => {
    await open();
    asked = [];
    actions.next(changed('e9', 's2'));
    await settle(1500);
    expect(asked).toEqual([]);
  });

  it('finds out about one that somebody else has begun, and about all of it after a break', async () => {
    const store = await open();
    server['GET /api/sessions/s1/evaluations'] = { items: [running, done], nextCursor: null };
    actions.next(changed('e2'));
    await settle(1500);
    expect(store.shown()?.id).toBe('e2');
    server['GET /api/evaluations/e2'] = { ...done, id: 'e2' };
    server['GET /api/sessions/s1/evaluations'] = { items: [{ ...done, id: 'e2' }, done], nextCursor: null };
    actions.next(liveActions.reconnected());
    await settle(1500);
    expect([store.shown()?.status, store.underWay()]).toEqual(['done', false]);
  });

  it('learns of the end of one under way from the list of long work, too, and asks for nothing else then', async () => {
    server['GET /api/sessions/s1/evaluations'] = { items: [running, done], nextCursor: null };
    const store = await open();
    server['GET /api/evaluations/e2'] = { ...done, id: 'e2' };
    server['GET /api/sessions/s1/evaluations'] = { items: [{ ...done, id: 'e2' }, done], nextCursor: null };
    actions.next(liveActions.activityChanged());
    await settle(1500);
    expect([store.shown()?.status, store.underWay()]).toEqual(['done', false]);
    asked = [];
    actions.next(liveActions.activityChanged());
    await settle(1500);
    expect(asked).toEqual([]);
  });

  it('keeps what is shown when starting is refused, and says why', async () => {
    server['POST /api/sessions/s1/evaluations'] = new ProblemError(aProblem(409, 'evaluations.under-way'));
    const store = await open();
    store.start();
    await settle();
    expect([store.startProblem()?.code, store.shown()?.id, store.starting()]).toEqual([
      'evaluations.under-way',
      'e1',
      false,
    ]);
  });
});
