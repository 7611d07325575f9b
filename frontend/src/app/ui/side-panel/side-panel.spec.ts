import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { SidePanel } from './side-panel';

describe('SidePanel', () => {
  const render = async (): Promise<ComponentFixture<SidePanel>> => {
    const fixture = TestBed.createComponent(SidePanel);
    fixture.componentRef.setInput('label', 'workspace panel');
    fixture.componentRef.setInput('remember', 'workspace');
    await fixture.whenStable();
    return fixture;
  };
  const handle = (fixture: ComponentFixture<SidePanel>): HTMLElement =>
    (fixture.nativeElement as HTMLElement).querySelector('[role=separator]') as HTMLElement;
  const press = (fixture: ComponentFixture<SidePanel>, key: string): boolean =>
    handle(fixture).dispatchEvent(new KeyboardEvent('keydown', { key }));

  beforeEach(() => localStorage.clear());

  it('remembers the width a reader chose', async () => {
    press(await render(), 'ArrowLeft');
    expect((await render()).componentInstance.width()).toBe(416);
  });

  it('stays between its bounds', async () => {
    const fixture = await render();
    press(fixture, 'End');
    expect(fixture.componentInstance.width()).toBe(480);
    press(fixture, 'Home');
    expect(fixture.componentInstance.width()).toBe(360);
  });

  it('ignores a remembered width that makes no sense', async () => {
    localStorage.setItem('yudai.panel.workspace', 'wide');
    expect((await render()).componentInstance.width()).toBe(400);
  });

  it('follows the pointer while it is held', async () => {
    const fixture = await render();
    handle(fixture).dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
    document.dispatchEvent(new MouseEvent('pointermove', { clientX: -450 }));
    document.dispatchEvent(new MouseEvent('pointerup'));
    document.dispatchEvent(new MouseEvent('pointermove', { clientX: -370 }));
    expect(fixture.componentInstance.width()).toBe(450);
  });
});
