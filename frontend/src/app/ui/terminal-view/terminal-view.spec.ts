import { CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { By } from '@angular/platform-browser';
import { type TerminalEntry, TerminalView } from './terminal-view';

const output = (count: number): TerminalEntry[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'output', text: `line ${i}` }));

describe('TerminalView', () => {
  let bottom: number;
  let scrolledTo: number;
  const render = async (): Promise<ComponentFixture<TerminalView>> => {
    const fixture = TestBed.createComponent(TerminalView);
    fixture.componentRef.setInput('lines', output(3));
    fixture.componentRef.setInput('live', true);
    TestBed.tick();
    const viewport = fixture.debugElement.query(By.directive(CdkVirtualScrollViewport))
      .componentInstance as CdkVirtualScrollViewport;
    vi.spyOn(viewport, 'measureScrollOffset').mockImplementation(() => bottom);
    vi.spyOn(viewport, 'scrollTo').mockImplementation(() => {
      scrolledTo++;
    });
    await fixture.whenStable();
    return fixture;
  };
  const grow = async (fixture: ComponentFixture<TerminalView>, count: number): Promise<void> => {
    fixture.componentRef.setInput('lines', output(count));
    await fixture.whenStable();
  };
  const scroll = async (fixture: ComponentFixture<TerminalView>, distance: number): Promise<void> => {
    bottom = distance;
    fixture.debugElement.query(By.css('[role=log]')).triggerEventHandler('scroll', new Event('scroll'));
    await fixture.whenStable();
  };

  beforeEach(() => {
    bottom = 0;
    scrolledTo = 0;
  });

  it('follows the end as lines come in', async () => {
    const fixture = await render();
    await grow(fixture, 10);
    expect(scrolledTo).toBeGreaterThan(0);
  });

  it('stays where the reader scrolled to, and follows again on request', async () => {
    const fixture = await render();
    await scroll(fixture, 500);
    scrolledTo = 0;
    await grow(fixture, 20);
    expect(scrolledTo).toBe(0);
    const follow = [...(fixture.nativeElement as HTMLElement).querySelectorAll('button')].find((button) =>
      button.textContent.includes('Follow'),
    );
    follow?.click();
    await grow(fixture, 30);
    expect(scrolledTo).toBeGreaterThan(0);
  });

  it('does not draw what cannot be seen', async () => {
    const fixture = await render();
    await grow(fixture, 100_000);
    expect((fixture.nativeElement as HTMLElement).querySelectorAll('app-terminal-line').length).toBeLessThan(200);
  });
});
