import { TestBed } from '@angular/core/testing';
import { ErrorState } from './error-state';

describe('ErrorState', () => {
  const problem = {
    title: 'GitHub did not answer',
    detail: 'It may be down.',
    code: 'github.unavailable',
    requestId: 'req-7',
  };

  it('says what happened, offers a retry and the request id', async () => {
    const fixture = TestBed.createComponent(ErrorState);
    fixture.componentRef.setInput('problem', problem);
    let retried = 0;
    fixture.componentInstance.retry.subscribe(() => retried++);
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    expect(host.querySelector('[role=alert]')?.textContent).toContain('GitHub did not answer');
    expect(host.textContent).toContain('req-7');
    host.querySelector('button')?.click();
    expect(retried).toBe(1);
  });

  it('offers no retry where trying again cannot help', async () => {
    const fixture = TestBed.createComponent(ErrorState);
    fixture.componentRef.setInput('problem', { ...problem, requestId: undefined });
    fixture.componentRef.setInput('retryable', false);
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).querySelector('button')).toBeNull();
  });
});
