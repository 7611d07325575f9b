import { Actions } from '@ngrx/effects';
import type { Action } from '@ngrx/store';
import type { Session, listSessions } from '@yudai/sdk';
import { Subject } from 'rxjs';
import { aProblem, aSession, anIndex } from '../../../testing/samples';
import { liveActions } from '../../core/live/live.actions';
import { ProblemError } from '../../core/problem/problem';
import { offerUndo } from './sessions-notices.effects';
import { sessionsApiActions } from './sessions-api.actions';
import { archive, loadList } from './sessions.effects';
import { type SessionsState, sessionsFeature } from './sessions.feature';
import { sessionsPageActions } from './sessions-page.actions';
import { workspacePageActions } from './workspace-page.actions';

const after = (...actions: Action[]): SessionsState =>
  actions.reduce<SessionsState>(
    (state, action) => sessionsFeature.reducer(state, action),
    sessionsFeature.reducer(undefined, { type: 'begin' }),
  );
const session = aSession();
const asked = sessionsPageActions.listAsked({ filter: { query: '', archived: false } });
const loaded = sessionsApiActions.listLoaded({ sessions: [session, aSession({ id: 's2' })], nextCursor: null });
const archiveAsked = sessionsPageActions.archiveAsked({ session, archived: true });

describe('sessions', () => {
  it('takes an archived session out of the list at once and puts it back when the server refuses', () => {
    const shown = after(asked, loaded, archiveAsked);
    expect(shown.listed).toEqual(['s2']);
    const refused = sessionsApiActions.updateRefused({ before: session, problem: aProblem(403) });
    expect(sessionsFeature.reducer(shown, refused).listed).toContain('s1');
  });

  it('shows a new name at once and the old one again when the server refuses', () => {
    const renamed = after(asked, loaded, sessionsPageActions.renameAsked({ session, title: 'New' }));
    expect(renamed.entities['s1']?.title).toBe('New');
    const refused = sessionsApiActions.updateRefused({ before: session, problem: aProblem(503) });
    expect(sessionsFeature.reducer(renamed, refused).entities['s1']?.title).toBe('Login loops');
  });

  it('no longer shows a session whose repository may not be read any more', () => {
    const gone = sessionsApiActions.sessionFailed({ sessionId: 's1', problem: aProblem(404) });
    const state = after(asked, loaded, workspacePageActions.opened({ sessionId: 's1' }), gone);
    expect(state.entities['s1']).toBeUndefined();
    expect(state.listed).toEqual(['s2']);
    expect(sessionsFeature.selectOpenProblem.projector(state.openStatus)?.status).toBe(404);
  });

  it('keeps an open session on screen when reading it again fails', () => {
    const failed = sessionsApiActions.sessionFailed({ sessionId: 's1', problem: aProblem(503) });
    const state = after(asked, loaded, workspacePageActions.opened({ sessionId: 's1' }), failed);
    expect(sessionsFeature.selectOpenProblem.projector(state.openStatus)).toBeUndefined();
    expect(state.entities['s1']).toBeDefined();
  });

  it('follows the index as it is told', () => {
    const index = anIndex({ status: 'running', progress: 0.5 });
    expect(after(asked, loaded, liveActions.indexChanged({ sessionId: 's1', index })).entities['s1']?.index).toBe(
      index,
    );
  });

  it('lists nothing twice when pages overlap', () => {
    const more = sessionsApiActions.moreLoaded({ sessions: [aSession({ id: 's2' })], nextCursor: null });
    expect(after(asked, loaded, more).listed).toEqual(['s1', 's2']);
  });

  it('shows what was searched for last, whatever order the answers come in', async () => {
    const answers: ((page: { data: { items: Session[]; nextCursor: null } }) => void)[] = [];
    const list = () => new Promise((resolve) => answers.push(resolve));
    const actions = new Subject<Action>();
    const seen: Action[] = [];
    loadList(new Actions(actions), list as unknown as typeof listSessions).subscribe((action) => seen.push(action));
    actions.next(asked);
    actions.next(sessionsPageActions.listAsked({ filter: { query: 'login', archived: false } }));
    answers[1]?.({ data: { items: [session], nextCursor: null } });
    answers[0]?.({ data: { items: [], nextCursor: null } });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    await Promise.resolve();
    expect(seen).toEqual([sessionsApiActions.listLoaded({ sessions: [session], nextCursor: null })]);
  });

  it('gives back what was there before when a change is refused', async () => {
    const patch = () => Promise.reject(new ProblemError(aProblem(409)));
    const actions = new Subject<Action>();
    const seen: Action[] = [];
    archive(new Actions(actions), patch).subscribe((action) => seen.push(action));
    actions.next(archiveAsked);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject({ before: session, problem: { status: 409 } });
  });

  it('offers to undo an archiving, and only that', () => {
    const actions = new Subject<Action>();
    const dispatch = vi.fn();
    const show = vi.fn();
    offerUndo(new Actions(actions), { dispatch } as never, { show } as never).subscribe();
    const archived = aSession({ archived: true });
    actions.next(sessionsApiActions.updated({ session: aSession({ title: 'New' }), before: session }));
    expect(show).not.toHaveBeenCalled();
    actions.next(sessionsApiActions.updated({ session: archived, before: session }));
    const [, undo] = show.mock.lastCall as [string, { run: () => void }];
    undo.run();
    expect(dispatch).toHaveBeenCalledWith(sessionsPageActions.archiveAsked({ session: archived, archived: false }));
  });
});
