import { TestBed } from '@angular/core/testing';
import { Avatar } from './avatar';

describe('Avatar', () => {
  it('falls back to initials when the picture cannot be loaded', async () => {
    const fixture = TestBed.createComponent(Avatar);
    fixture.componentRef.setInput('login', 'octocat');
    fixture.componentRef.setInput('url', '/avatars/octocat.png');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    host.querySelector('img')?.dispatchEvent(new Event('error'));
    await fixture.whenStable();
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('[data-initials]')?.getAttribute('data-initials')).toBe('OC');
  });

  it.each(['https://elsewhere.test/a.png', '//elsewhere.test/a.png', 'javascript:alert(1)'])(
    'asks nobody else for a picture: %s',
    async (url) => {
      const fixture = TestBed.createComponent(Avatar);
      fixture.componentRef.setInput('login', 'octocat');
      fixture.componentRef.setInput('url', url);
      await fixture.whenStable();
      expect((fixture.nativeElement as HTMLElement).querySelector('img')).toBeNull();
    },
  );
});
