import type { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { isOver, stateOf } from './index-state.js';

const snapshot = (more: Partial<IndexSnapshot>): IndexSnapshot =>
  ({
    ...{ id: 'a', commitSha: 'aaa', status: 'ready', filesTotal: 4, filesIndexed: 3, filesSkipped: 1, chunks: 9 },
    ...{ progress: 1, etaSeconds: 0, behind: null, errorCode: null, errorDetail: null },
    ...more,
  }) as IndexSnapshot;

describe('the state of an index', () => {
  const serving = snapshot({});

  it('waits before anything was asked for', () => {
    expect(stateOf({ serving: null, latest: null })).toMatchObject({ status: 'queued', commit: null, progress: 0 });
  });

  it('shows the commit that is searched beside the one that is being read', () => {
    const latest = snapshot({ id: 'b', commitSha: 'bbb', status: 'running', progress: 0.4, etaSeconds: 7, behind: 3 });
    expect(stateOf({ serving, latest })).toMatchObject({
      ...{ status: 'running', commit: 'aaa', headCommit: 'bbb', behind: 3, progress: 0.4, etaSeconds: 7 },
    });
  });

  it('tells how fast it goes, unless that would be a guess', () => {
    const running = snapshot({ id: 'b', status: 'running', filesTotal: 40, etaSeconds: 8 });
    const rate = (more: Partial<IndexSnapshot>) => stateOf({ serving, latest: { ...running, ...more } }).filesPerSecond;
    expect([rate({}), rate({ etaSeconds: null }), rate({ etaSeconds: 0 }), rate({ status: 'ready' })]).toEqual([
      ...[4.5, null, null, null],
    ]);
  });

  it('is behind nothing once the newest is ready', () => {
    const latest = snapshot({ behind: 3 });
    const state = stateOf({ serving: latest, latest });
    expect(state).toMatchObject({ status: 'ready', behind: 0, progress: 1, etaSeconds: 0 });
    expect(isOver(state)).toBe(true);
  });

  it('says what went wrong only when it did', () => {
    const problem = { errorCode: 'github.unavailable', errorDetail: 'GitHub cannot be reached.' };
    const failed = stateOf({ serving, latest: snapshot({ id: 'b', status: 'failed', ...problem }) });
    expect(failed).toMatchObject({
      commit: 'aaa',
      error: 'GitHub cannot be reached.',
      errorCode: 'github.unavailable',
    });
    const again = stateOf({ serving, latest: snapshot({ id: 'b', status: 'queued', ...problem, etaSeconds: 9 }) });
    expect(again).not.toHaveProperty('error');
    expect(again.etaSeconds).toBeNull();
  });
});
