import { TestBed } from '@angular/core/testing';
import { Confirm } from './confirm';

describe('Confirm', () => {
  const open = async (danger: boolean): Promise<{ answer: Promise<boolean>; dialog: HTMLElement }> => {
    const answer = TestBed.inject(Confirm).ask({
      title: 'Delete this session?',
      text: 'Its messages and drafts are lost.',
      details: [{ label: 'Session', value: 'Login loops' }],
      confirm: 'Delete the session',
      danger,
    });
    await vi.waitFor(() => {
      TestBed.tick();
      expect(document.querySelector('app-confirm-dialog [data-confirm]')).not.toBeNull();
    });
    return { answer, dialog: document.querySelector('app-confirm-dialog')! };
  };

  it('shows exactly what will happen and answers yes', async () => {
    const { answer, dialog } = await open(true);
    expect(dialog.textContent).toContain('Login loops');
    dialog.querySelector<HTMLElement>('[data-confirm]')?.click();
    expect(await answer).toBe(true);
  });

  it('takes leaving for a no', async () => {
    const { answer } = await open(false);
    document.querySelector('.cdk-overlay-backdrop')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    expect(await answer).toBe(false);
  });
});
