import { TestBed } from '@angular/core/testing';
import { SignIn } from './sign-in';

describe('SignIn', () => {
  const render = async (inputs: Record<string, string>): Promise<HTMLElement> => {
    const fixture = TestBed.createComponent(SignIn);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  };
  const target = (host: HTMLElement): string | null | undefined => host.querySelector('a')?.getAttribute('href');

  it('goes back to where one wanted to go', async () => {
    expect(target(await render({ returnTo: '/s/1?tab=files' }))).toBe(
      '/api/auth/login?returnTo=%2Fs%2F1%3Ftab%3Dfiles',
    );
  });

  it.each(['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)'])(
    'does not carry anybody to %s',
    async (returnTo) => expect(target(await render({ returnTo }))).toBe('/api/auth/login?returnTo=%2F'),
  );

  it('says what went wrong and what to do', async () => {
    const host = await render({ error: 'auth.not-allowed' });
    expect(host.querySelector('[role=alert]')?.textContent).toContain('may not sign in here');
  });

  it.each(['denied', 'state', 'code', 'github', 'not-allowed', 'disabled'])(
    'has words of its own for each code that the server sends: %s',
    async (error) => {
      const text = (await render({ error })).querySelector('[role=alert]')?.textContent;
      expect(text).toMatch(/\S/);
      expect(text).not.toContain('did not work');
    },
  );

  it.each(['something.new', 'constructor', '<img src=x>'])('has words for the unknown code %s too', async (error) => {
    const host = await render({ error });
    expect(host.querySelector('[role=alert]')?.textContent).toContain('did not work');
    expect(host.querySelector('img')).toBeNull();
  });
});
