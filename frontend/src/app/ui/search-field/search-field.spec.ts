import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { SearchField } from './search-field';

describe('SearchField', () => {
  let fixture: ComponentFixture<SearchField>;
  let searched: string[];
  const field = (): HTMLInputElement => (fixture.nativeElement as HTMLElement).querySelector('input')!;
  const type = (text: string): void => {
    field().value = text;
    field().dispatchEvent(new Event('input'));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    fixture = TestBed.createComponent(SearchField);
    fixture.componentRef.setInput('label', 'Search sessions');
    searched = [];
    fixture.componentInstance.searched.subscribe((text) => searched.push(text));
    document.body.append(fixture.nativeElement as HTMLElement);
    TestBed.tick();
  });
  afterEach(() => vi.useRealTimers());

  it('searches once typing pauses, and at once on Enter', () => {
    type('lo');
    type('login ');
    vi.advanceTimersByTime(250);
    type('logins');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    vi.advanceTimersByTime(250);
    expect(searched).toEqual(['login', 'logins']);
  });

  it('is reached with / and emptied with Escape', () => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
    expect(document.activeElement).toBe(field());
    type('x');
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(searched).toEqual(['']);
  });
});
