import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { EmptyState } from './empty-state';

@Component({
  selector: 'app-host',
  imports: [EmptyState],
  template: `<app-empty-state icon="chat" title="No sessions yet"
    >A session is a conversation.<button type="button" action>New</button></app-empty-state
  >`,
})
class Host {}

describe('EmptyState', () => {
  it('says what the place is for and carries the action that fills it', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    expect(host.querySelector('.title')?.textContent).toBe('No sessions yet');
    expect(host.querySelector('.text')?.textContent).toContain('A session is a conversation.');
    expect(host.querySelector('.action button')?.textContent).toBe('New');
  });
});
