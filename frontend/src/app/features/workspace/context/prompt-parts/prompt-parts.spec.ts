import { TestBed } from '@angular/core/testing';
import { aContext, aPart } from '../../../../../testing/samples';
import { ContextMeter } from '../context-meter/context-meter';
import { PromptParts } from './prompt-parts';

const messages = [
  { id: 'm1', role: 'user', title: 'Why does it loop?' },
  { id: 'm2', role: 'assistant', title: 'Because of the cookie' },
];
const parts = [
  aPart({ id: 'rules', kind: 'rules', title: 'Rules', tokens: 300, pinned: true, text: 'You help.' }),
  aPart({ id: 'card:c1', kind: 'card', title: 'House rules', tokens: 100, pinned: true }),
  aPart({
    ...{ id: 'condensation:d1', kind: 'condensation', title: '2 earlier messages, condensed', tokens: 50 },
    ...{ text: 'The user asked why it loops.', stands: { count: 2, tokens: 900, messages } },
  }),
  aPart({ id: 'turn:m3', title: 'And now?', tokens: 40 }),
  aPart({ id: 'turn:m4', title: 'Too much', tokens: 9_000, state: 'omitted', reason: 'There is no room for it.' }),
  aPart({ id: 'turn:m5', title: 'Never mind', tokens: 10, state: 'dropped' }),
];

describe('PromptParts', () => {
  const render = async (mayEdit = true) => {
    const fixture = TestBed.createComponent(PromptParts);
    fixture.componentRef.setInput('parts', parts);
    fixture.componentRef.setInput('mayEdit', mayEdit);
    const done: string[] = [];
    fixture.componentInstance.flip.subscribe((id) => done.push(`toggle ${id}`));
    fixture.componentInstance.pin.subscribe((id) => done.push(`pin ${id}`));
    fixture.componentInstance.undo.subscribe(() => done.push('undo'));
    const host = fixture.nativeElement as HTMLElement;
    document.body.append(host);
    await fixture.whenStable();
    const press = (key: string): boolean =>
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    const focus = (id: string): void => host.querySelector<HTMLElement>(`[data-part="${id}"] [data-row]`)!.focus();
    return { host, done, press, focus };
  };

  it('says of each part whether it is in and why not, and what stands condensed for what', async () => {
    const { host } = await render();
    const row = (id: string): string => host.querySelector(`[data-part="${id}"] .row`)?.textContent ?? '';
    expect(row('turn:m4')).toContain('no room');
    expect(row('turn:m5')).toContain('left out by a member');
    expect(host.querySelector('summary')?.textContent).toContain('2 left out');
    const condensed = host.querySelector('[data-part="condensation:d1"] .words');
    expect(condensed?.textContent).toContain('in the place of 2 messages');
    expect(condensed?.querySelector('.text')?.textContent).toBe('The user asked why it loops.');
    expect([...condensed!.querySelectorAll('.title')].map((title) => title.textContent)).toEqual(
      messages.map(({ title }) => title),
    );
  });

  it('is changed by keys: out, in again, pinned, and back', async () => {
    const { done, press, focus } = await render();
    for (const id of ['turn:m3', 'turn:m5', 'rules']) {
      focus(id);
      press('x');
    }
    focus('card:c1');
    press('p');
    press('u');
    expect(done).toEqual(['toggle turn:m3', 'toggle turn:m5', 'pin card:c1', 'undo']);
  });

  it('is only looked at by who may not edit', async () => {
    const { host, done, press, focus } = await render(false);
    expect(host.querySelectorAll('button')).toHaveLength(0);
    focus('turn:m3');
    for (const key of ['x', 'u']) press(key);
    expect(done).toEqual([]);
  });
});

describe('ContextMeter', () => {
  it('shares the budget out by kind, and says what would be refused', async () => {
    const fixture = TestBed.createComponent(ContextMeter);
    const refusal = 'The pinned card "Log" has no room.';
    fixture.componentRef.setInput('context', aContext({ parts, budget: 1_000, used: 490, reserved: 200, refusal }));
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    const shares = [...host.querySelectorAll<HTMLElement>('.share')].map((each) => [
      each.dataset['kind'],
      each.style.flexGrow,
    ]);
    expect(shares).toEqual([
      ['rules', '300'],
      ['cards', '100'],
      ['condensed', '50'],
      ['turns', '40'],
      ['reserved', '200'],
      ['free', '310'],
    ]);
    expect(host.querySelector('[role=meter]')?.getAttribute('aria-valuetext')).toBe('490 of 1,000 tokens');
    expect(host.querySelector('[role=alert]')?.textContent).toContain(refusal);
  });
});
