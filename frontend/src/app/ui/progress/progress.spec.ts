import { TestBed } from '@angular/core/testing';
import { Progress } from './progress';

describe('Progress', () => {
  const render = async (inputs: Record<string, unknown>): Promise<HTMLElement> => {
    const fixture = TestBed.createComponent(Progress);
    fixture.componentRef.setInput('label', 'Indexing');
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  };

  it('shows the share, what is done and what is left', async () => {
    const host = await render({ value: 0.324, etaSeconds: 75, done: '420 of 1,300 files' });
    expect(host.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')).toBe('32');
    expect(host.textContent).toContain('420 of 1,300 files, about 75 s left');
  });

  it('claims no share it does not know', async () => {
    const host = await render({ value: null });
    expect(host.querySelector('[role=progressbar]')?.hasAttribute('aria-valuenow')).toBe(false);
  });
});
