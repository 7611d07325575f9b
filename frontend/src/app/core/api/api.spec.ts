import { TestBed } from '@angular/core/testing';
import { MockStore, provideMockStore } from '@ngrx/store/testing';
import { client, getSession } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';
import { authApiActions } from '../auth/auth-api.actions';
import { ProblemError } from '../problem/problem';
import { provideApi } from './api';
import { fetched } from './fetched';

describe('the SDK in the browser', () => {
  const answer = vi.fn<(request: Request) => Promise<Response>>();
  const problem = (status: number, code = 'some.code') =>
    Promise.resolve(
      new Response(JSON.stringify({ detail: 'No.', code, requestId: 'req-1' }), {
        status,
        headers: { 'Content-Type': 'application/problem+json' },
      }),
    );
  const call = () => firstValueFrom(fetched((on) => getSession({ path: { id: 'a' }, ...on })));

  beforeEach(() => {
    answer.mockReset();
    vi.stubGlobal('fetch', answer);
    TestBed.configureTestingModule({ providers: [provideMockStore(), provideApi()] });
    TestBed.inject(MockStore);
    client.setConfig({ baseUrl: 'http://localhost' });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('throws the problem document that came', async () => {
    answer.mockImplementation(() => problem(403));
    await expect(call()).rejects.toMatchObject({ problem: { status: 403, code: 'some.code', requestId: 'req-1' } });
  });

  it('says so when nothing answers, with an id to look for', async () => {
    answer.mockRejectedValue(new TypeError('Failed to fetch'));
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toMatchObject({ status: 0, code: 'network' });
    expect((error as ProblemError).problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells the application once that the login has ended', async () => {
    const dispatch = vi.spyOn(TestBed.inject(MockStore), 'dispatch');
    answer.mockImplementation(() => problem(401));
    await call().catch(() => undefined);
    expect(dispatch.mock.calls).toEqual([[authApiActions.loginEnded()]]);
  });

  it('tells the application that GitHub no longer knows the person', async () => {
    const dispatch = vi.spyOn(TestBed.inject(MockStore), 'dispatch');
    answer.mockImplementation(() => problem(409, 'github.reconnect'));
    await call().catch(() => undefined);
    expect(dispatch.mock.calls).toEqual([[authApiActions.githubLost()]]);
  });

  it('aborts the request when nobody waits for it any more', () => {
    let signal: AbortSignal | undefined;
    answer.mockImplementation((request) => {
      signal = request.signal;
      return new Promise(() => undefined);
    });
    fetched((on) => getSession({ path: { id: 'a' }, ...on }))
      .subscribe()
      .unsubscribe();
    return vi.waitFor(() => expect(signal?.aborted ?? true).toBe(true));
  });
});
