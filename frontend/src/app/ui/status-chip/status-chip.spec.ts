import { TestBed } from '@angular/core/testing';
import { evaluationState, indexState, issueState, solveState } from './states';
import { StatusChip } from './status-chip';

describe('StatusChip', () => {
  it('says the state in words and not by colour alone', async () => {
    const fixture = TestBed.createComponent(StatusChip);
    fixture.componentRef.setInput('state', solveState('unverified'));
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    expect(host.textContent).toContain('Not verified');
    expect(host.getAttribute('data-tone')).toBe('warning');
  });

  it('has a look for every state of the contract', () => {
    const solves = 'queued starting running paused validating completed unverified failed cancelled'.split(' ');
    const issues = 'drafting draft publishing published failed'.split(' ');
    const indexes = 'queued running ready failed'.split(' ');
    const evaluations = 'queued running done failed'.split(' ');
    for (const state of solves) expect(solveState(state).label).not.toBe(state);
    for (const state of issues) expect(issueState(state).label).not.toBe(state);
    for (const state of indexes) expect(indexState(state).label).not.toBe(state);
    for (const state of evaluations) expect(evaluationState(state).label).not.toBe(state);
  });

  it('shows a state it has never heard of as it came', () => {
    expect(solveState('pondering')).toEqual({ tone: 'neutral', label: 'pondering', icon: 'clock' });
  });
});
