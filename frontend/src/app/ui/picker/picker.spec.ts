import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Picker, type PickerOption } from './picker';

@Component({
  selector: 'app-host',
  imports: [Picker],
  template: `<app-picker
    label="Branch"
    [options]="options()"
    selected="b"
    (searched)="searched = $event"
    (pick)="picked = $event"
  >
    <ng-template let-value>⎇ {{ value }}</ng-template>
  </app-picker>`,
})
class Host {
  readonly options = signal<PickerOption<string>[]>(['a', 'b', 'c'].map((id) => ({ id, label: id, value: id })));
  searched = '';
  picked: unknown;
}

describe('Picker', () => {
  let fixture: ComponentFixture<Host>;
  const input = (): HTMLInputElement => (fixture.nativeElement as HTMLElement).querySelector('input')!;
  const press = async (key: string): Promise<void> => {
    input().dispatchEvent(new KeyboardEvent('keydown', { key }));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
  });

  it('starts at the selected option and picks with the keyboard', async () => {
    await press('Enter');
    expect(fixture.componentInstance.picked).toBe('b');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Enter');
    expect(fixture.componentInstance.picked).toBe('c');
    expect(input().getAttribute('aria-activedescendant')).toMatch(/-2$/);
  });

  it('keeps its place when a further page arrives, and starts over with other options', async () => {
    await press('ArrowDown');
    fixture.componentInstance.options.update((before) => [...before, { id: 'd', label: 'd', value: 'd' }]);
    await fixture.whenStable();
    await press('Enter');
    expect(fixture.componentInstance.picked).toBe('c');
    fixture.componentInstance.options.set([{ id: 'x', label: 'x', value: 'x' }]);
    await fixture.whenStable();
    await press('Enter');
    expect(fixture.componentInstance.picked).toBe('x');
  });

  it('asks its owner to search', () => {
    input().value = 'main';
    input().dispatchEvent(new Event('input'));
    expect(fixture.componentInstance.searched).toBe('main');
  });
});
