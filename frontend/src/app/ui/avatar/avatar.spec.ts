import { TestBed } from '@angular/core/testing';
import { Avatar } from './avatar';

describe('Avatar', () => {
  it('falls back to initials when the picture cannot be loaded', async () => {
    const fixture = TestBed.createComponent(Avatar);
    fixture.componentRef.setInput('login', 'octocat');
    fixture.componentRef.setInput('url', 'https://example.test/a.png');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    host.querySelector('img')?.dispatchEvent(new Event('error'));
    await fixture.whenStable();
    expect(host.querySelector('img')).toBeNull();
    expect(host.textContent.trim()).toBe('OC');
  });
});
