import { TestBed } from '@angular/core/testing';
import { Icon } from './icon';
import { icons } from './icons';

describe('Icon', () => {
  it('draws the named outline and stays silent for screen readers', async () => {
    const fixture = TestBed.createComponent(Icon);
    fixture.componentRef.setInput('name', 'search');
    await fixture.whenStable();
    const svg = (fixture.nativeElement as HTMLElement).querySelector('svg');
    expect(svg?.getAttribute('aria-hidden')).toBe('true');
    expect(svg?.querySelector('path')?.getAttribute('d')).toBe(icons.search);
  });

  it('holds only paths that stay inside the 16 × 16 grid at their start', () => {
    for (const path of Object.values(icons)) {
      for (const [, x, y] of path.matchAll(/M(\d+\.?\d*) (\d+\.?\d*)/g)) {
        expect(Number(x)).toBeLessThanOrEqual(16);
        expect(Number(y)).toBeLessThanOrEqual(16);
      }
    }
  });
});
