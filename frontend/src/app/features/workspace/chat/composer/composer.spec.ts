import { TestBed } from '@angular/core/testing';
import { Composer, type Written } from './composer';

describe('Composer', () => {
  const render = async (inputs: Record<string, unknown> = {}) => {
    const fixture = TestBed.createComponent(Composer);
    for (const [name, value] of Object.entries({ sessionId: 's1', ...inputs })) {
      fixture.componentRef.setInput(name, value);
    }
    const sent: Written[] = [];
    fixture.componentInstance.send.subscribe((written) => sent.push(written));
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const field = host.querySelector('textarea');
    const type = async (text: string): Promise<void> => {
      field!.value = text;
      field!.dispatchEvent(new Event('input'));
      await fixture.whenStable();
    };
    const press = async (key: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> => {
      const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more });
      field!.dispatchEvent(event);
      await fixture.whenStable();
      return event;
    };
    return { fixture, host, field: field!, sent, type, press };
  };

  beforeEach(() => localStorage.clear());

  it('sends with Enter and empties itself', async () => {
    const { sent, type, press, field } = await render();
    await type('  Why?  ');
    await press('Enter');
    expect(sent).toEqual([{ text: 'Why?', attachmentIds: [] }]);
    expect(field.value).toBe('');
  });

  it('empties itself even when Enter comes before the page was drawn', async () => {
    const { sent, field, press } = await render();
    field.value = 'Quick';
    field.dispatchEvent(new Event('input'));
    await press('Enter');
    expect([sent.length, field.value]).toEqual([1, '']);
  });

  it('breaks the line with Shift and Enter, and lets an input method finish its word', async () => {
    const { sent, type, press } = await render();
    await type('Why');
    expect((await press('Enter', { shiftKey: true })).defaultPrevented).toBe(false);
    await press('Enter', { isComposing: true });
    expect(sent).toEqual([]);
  });

  it('sends nothing empty, and nothing while an answer is being written', async () => {
    const idle = await render();
    await idle.type('   ');
    await idle.press('Enter');
    const busy = await render({ streaming: true });
    await busy.type('And?');
    await busy.press('Enter');
    expect([idle.sent, busy.sent]).toEqual([[], []]);
    expect(busy.field.value).toBe('And?');
    expect(busy.host.querySelector('button[type=submit]')).toBeNull();
  });

  it('keeps what is written over a reload, for its own session', async () => {
    const { type, fixture } = await render();
    await type('Half a thought');
    fixture.destroy();
    expect((await render()).field.value).toBe('Half a thought');
    expect((await render({ sessionId: 's2' })).field.value).toBe('');
  });

  it('says how much too long a message is instead of cutting it', async () => {
    const { sent, type, press, host, field } = await render();
    await type('x'.repeat(20_005));
    await press('Enter');
    expect(sent).toEqual([]);
    expect(host.querySelector('#composer-hint')?.textContent).toContain('5 characters too many');
    expect(field.value).toHaveLength(20_005);
  });

  it('edits the last message with the arrow up, but only from an empty field', async () => {
    const { fixture, type, press } = await render();
    const edits = vi.fn();
    fixture.componentInstance.editLast.subscribe(edits);
    await type('text');
    await press('ArrowUp');
    expect(edits).not.toHaveBeenCalled();
    await type('');
    await press('ArrowUp');
    expect(edits).toHaveBeenCalledTimes(1);
  });

  it('says why nothing can be written', async () => {
    const fixture = TestBed.createComponent(Composer);
    fixture.componentRef.setInput('sessionId', 's1');
    fixture.componentRef.setInput('disabled', 'This session is archived.');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    expect([host.querySelector('textarea'), host.textContent.trim()]).toEqual([null, 'This session is archived.']);
  });
});
