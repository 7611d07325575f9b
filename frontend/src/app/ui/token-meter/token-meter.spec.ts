import { TestBed } from '@angular/core/testing';
import { TokenMeter } from './token-meter';

describe('TokenMeter', () => {
  it.each([
    [2_000, 'free', '25'],
    [6_400, 'tight', '80'],
    [9_000, 'full', '100'],
  ])('with %d of 8,000 tokens it is %s', async (used, level, width) => {
    const fixture = TestBed.createComponent(TokenMeter);
    fixture.componentRef.setInput('used', used);
    fixture.componentRef.setInput('budget', 8_000);
    await fixture.whenStable();
    const bar = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.bar');
    expect(bar?.dataset['level']).toBe(level);
    expect(bar?.style.width).toBe(`${width}%`);
  });

  it('does not divide by a budget that is not known yet', async () => {
    const fixture = TestBed.createComponent(TokenMeter);
    fixture.componentRef.setInput('used', 10);
    fixture.componentRef.setInput('budget', 0);
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.bar')?.style.width).toBe('0%');
  });
});
