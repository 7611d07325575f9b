import { Component, signal, viewChild } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { LongList } from './long-list';

@Component({
  selector: 'app-host',
  imports: [LongList],
  template: `<app-long-list label="Numbers" [length]="length()" [rowHeight]="20" (choose)="chosen.set($event)">
    <ng-template #row let-index>row {{ index }}</ng-template>
  </app-long-list>`,
  styles: `
    app-long-list {
      height: 200px;
    }
  `,
})
class Host {
  readonly length = signal(1_000_000);
  readonly chosen = signal<number | undefined>(undefined);
  readonly list = viewChild.required(LongList);
}

describe('a list of 1,000,000 rows', () => {
  let fixture: ComponentFixture<Host>;
  const box = (): HTMLElement => (fixture.nativeElement as HTMLElement).querySelector('[role=listbox]')!;
  const rows = (): HTMLElement[] => [...box().querySelectorAll<HTMLElement>('[role=option]')];
  const press = async (key: string): Promise<void> => {
    box().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true }));
    await fixture.whenStable();
  };
  const active = (): string | undefined =>
    document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent.trim();

  beforeEach(async () => {
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(0));
  });

  it('draws a handful of them, and says how many there are', () => {
    expect(rows().length).toBeLessThan(60);
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('1000000');
  });

  it('goes where the keys say, and chooses with Enter', async () => {
    await press('ArrowDown');
    await press('ArrowDown');
    await press('ArrowUp');
    expect(active()).toBe('row 0');
    await press('End');
    expect(active()).toBe('row 999999');
    expect(rows().length).toBeLessThan(60);
    await press('Enter');
    expect(fixture.componentInstance.chosen()).toBe(999_999);
    await press('Home');
    expect(active()).toBe('row 0');
  });

  it('goes to a row it is told, and stays inside of what is left', async () => {
    fixture.componentInstance.list().goTo(500_000);
    await fixture.whenStable();
    await vi.waitFor(() => expect(active()).toBe('row 500000'));
    fixture.componentInstance.length.set(10);
    await fixture.whenStable();
    expect(rows().map((row) => row.textContent.trim())).toEqual(Array.from({ length: 10 }, (_, at) => `row ${at}`));
  });

  it('chooses what is clicked', () => {
    rows()[2]?.click();
    expect(fixture.componentInstance.chosen()).toBe(2);
  });
});
