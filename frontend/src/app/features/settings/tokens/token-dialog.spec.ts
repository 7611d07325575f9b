import { TestBed } from '@angular/core/testing';
import { MatDialogRef } from '@angular/material/dialog';
import { provideMockStore } from '@ngrx/store/testing';
import { client } from '@yudai/sdk';
import { authFeature } from '../../../core/auth/auth.feature';
import { TokenDialog } from './token-dialog';

describe('TokenDialog', () => {
  const answer = vi.fn<(request: Request) => Promise<Response>>();
  const dialog = { disableClose: false, close: vi.fn() };

  const render = async (role: string) => {
    TestBed.configureTestingModule({
      providers: [
        provideMockStore({ selectors: [{ selector: authFeature.selectRole, value: role }] }),
        { provide: MatDialogRef, useValue: dialog },
      ],
    });
    client.setConfig({ baseUrl: 'http://localhost', fetch: answer as unknown as typeof fetch });
    const fixture = TestBed.createComponent(TokenDialog);
    await fixture.whenStable();
    return { fixture, host: fixture.nativeElement as HTMLElement };
  };

  it.each([
    ['member', ['Read', 'Write', 'Solve']],
    ['auditor', ['Read', 'Write', 'Solve', 'Audit']],
    ['admin', ['Read', 'Write', 'Solve', 'Audit', 'Administer']],
  ])('offers a %s only what they may do themselves', async (role, labels) => {
    const { host } = await render(role);
    expect([...host.querySelectorAll('.scope .what')].map((each) => each.textContent)).toEqual(labels);
  });

  it('shows the secret once it is there, and does not lose it to a stray key', async () => {
    answer.mockImplementation(() =>
      Promise.resolve(
        Response.json({ id: 't1', name: 'Nightly', scopes: ['read'], token: 'yud_secret' }, { status: 201 }),
      ),
    );
    const { fixture, host } = await render('member');
    const name = host.querySelector('input')!;
    expect(host.querySelector<HTMLButtonElement>('[type=submit]')?.disabled).toBe(true);
    name.value = 'Nightly';
    name.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    host.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() => {
      TestBed.tick();
      expect(host.querySelector('[data-secret]')?.textContent).toBe('yud_secret');
    });
    expect(dialog.disableClose).toBe(true);
    const body = (await answer.mock.lastCall?.[0].json()) as { scopes: string[] };
    expect(body.scopes).toEqual(['read']);
  });
});
