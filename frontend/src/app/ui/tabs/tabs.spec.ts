import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Tabs } from './tabs';

describe('Tabs', () => {
  let fixture: ComponentFixture<Tabs>;
  let chosen: string[];
  const tab = (name: string): HTMLElement =>
    [...(fixture.nativeElement as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')].find((each) =>
      each.textContent.includes(name),
    ) as HTMLElement;
  const press = (name: string, key: string): boolean => tab(name).dispatchEvent(new KeyboardEvent('keydown', { key }));

  beforeEach(async () => {
    fixture = TestBed.createComponent(Tabs);
    fixture.componentRef.setInput('tabs', [
      { id: 'context', label: 'Context' },
      { id: 'files', label: 'Files', count: 12 },
      { id: 'issues', label: 'Issues' },
    ]);
    fixture.componentRef.setInput('selected', 'files');
    fixture.componentRef.setInput('label', 'Panel');
    fixture.componentRef.setInput('panelId', 'panel');
    chosen = [];
    fixture.componentInstance.choose.subscribe((id) => chosen.push(id));
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
  });

  it('marks the selected tab and keeps one stop in the tab order', () => {
    expect(tab('Files').getAttribute('aria-selected')).toBe('true');
    expect(tab('Files').tabIndex).toBe(0);
    expect(tab('Context').tabIndex).toBe(-1);
  });

  it('moves with the arrow keys, around both ends', () => {
    press('Files', 'ArrowRight');
    press('Issues', 'ArrowRight');
    press('Context', 'ArrowLeft');
    press('Context', 'End');
    expect(chosen).toEqual(['issues', 'context', 'issues', 'issues']);
    expect(document.activeElement).toBe(tab('Issues'));
  });

  it('stays reachable when the URL names a tab that does not exist', async () => {
    fixture.componentRef.setInput('selected', 'nonsense');
    await fixture.whenStable();
    expect(tab('Context').tabIndex).toBe(0);
  });
});
