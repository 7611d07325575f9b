import { TestBed } from '@angular/core/testing';
import { Router, type UrlTree, provideRouter } from '@angular/router';
import { Actions } from '@ngrx/effects';
import { provideMockActions } from '@ngrx/effects/testing';
import { type Action, Store, provideState, provideStore } from '@ngrx/store';
import type { Me, getMe } from '@yudai/sdk';
import { type Observable, Subject, firstValueFrom, of } from 'rxjs';
import { ProblemError, problemFrom } from '../problem/problem';
import { authApiActions } from './auth-api.actions';
import { authActions } from './auth.actions';
import { leaveNothingBehind, loadMe } from './auth.effects';
import { authFeature } from './auth.feature';
import { mayAudit, signedIn } from './guards';

const ada = { id: '1', login: 'ada', role: 'auditor', github: { connected: true } } as Me;

describe('who is signed in', () => {
  let actions: Subject<Action>;
  const run = <T>(work: () => T): T => TestBed.runInInjectionContext(work);
  const guard = (url: string) =>
    firstValueFrom(run(() => signedIn({} as never, { url } as never)) as Observable<boolean | UrlTree>);

  beforeEach(() => {
    actions = new Subject();
    TestBed.configureTestingModule({
      providers: [provideStore(), provideState(authFeature), provideRouter([]), provideMockActions(() => actions)],
    });
  });

  const answers = (answer: () => Promise<unknown>): Action[] => {
    const seen: Action[] = [];
    run(() => loadMe(TestBed.inject(Actions), TestBed.inject(Store), answer as unknown as typeof getMe)).subscribe(
      (action) => seen.push(action),
    );
    actions.next(authActions.identityNeeded());
    return seen;
  };

  it('is asked once', async () => {
    const load = vi.fn(() => Promise.resolve({ data: ada }));
    const seen = answers(load);
    await vi.waitFor(() => expect(seen).toEqual([authApiActions.meLoaded({ me: ada })]));
    TestBed.inject(Store).dispatch(authApiActions.meLoaded({ me: ada }));
    actions.next(authActions.identityNeeded());
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('tells nobody from a failure to find out', async () => {
    const nobody = answers(() => Promise.reject(new ProblemError(problemFrom({}, 401))));
    await vi.waitFor(() => expect(nobody).toEqual([authApiActions.nobodySignedIn()]));
    const failed = answers(() => Promise.reject(new ProblemError(problemFrom({}, 503))));
    await vi.waitFor(() => expect(failed[0]?.type).toBe(authApiActions.meFailed.type));
  });

  it('shows strangers the door, and remembers where they wanted to go', async () => {
    const decision = guard('/s/1?tab=files');
    TestBed.inject(Store).dispatch(authApiActions.nobodySignedIn());
    const url = TestBed.inject(Router).serializeUrl((await decision) as UrlTree);
    expect(url).toBe('/sign-in?returnTo=%2Fs%2F1%3Ftab%3Dfiles');
  });

  it('lets a signed-in person through', async () => {
    const decision = guard('/');
    TestBed.inject(Store).dispatch(authApiActions.meLoaded({ me: ada }));
    expect(await decision).toBe(true);
  });

  it('finds the audit page by its address alone, as after a reload', async () => {
    const matches = () => firstValueFrom(run(() => mayAudit({}, [], {} as never)) as Observable<boolean>);
    const decision = matches();
    TestBed.inject(Store).dispatch(authApiActions.meLoaded({ me: ada }));
    expect(await decision).toBe(true);
    TestBed.inject(Store).dispatch(authApiActions.meLoaded({ me: { ...ada, role: 'member' } }));
    expect(await matches()).toBe(false);
  });

  it('D17: leaves nothing of a person behind when they sign out', () => {
    const forgotten = vi.fn();
    const assign = vi.fn();
    leaveNothingBehind(
      new Actions(of(authApiActions.signedOut())),
      { forgetPerson: forgotten } as never,
      { location: { assign } } as never,
    ).subscribe();
    expect(forgotten).toHaveBeenCalled();
    expect(assign).toHaveBeenCalledWith('/sign-in');
    const state = authFeature.reducer({ status: 'signedIn', me: ada }, authApiActions.signedOut());
    expect(state.me).toBeNull();
  });

  it('knows who may read the audit trail', () => {
    expect(authFeature.selectMayAudit.projector({ ...ada, role: 'member' })).toBe(false);
    expect(authFeature.selectMayAudit.projector(ada)).toBe(true);
    expect(authFeature.selectMayAudit.projector(null)).toBe(false);
  });
});
