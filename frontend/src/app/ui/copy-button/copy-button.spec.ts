import { TestBed } from '@angular/core/testing';
import { CopyButton } from './copy-button';

describe('CopyButton', () => {
  const render = async (writeText: (text: string) => Promise<void>): Promise<HTMLElement> => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const fixture = TestBed.createComponent(CopyButton);
    fixture.componentRef.setInput('text', 'req-1');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    host.querySelector('button')?.click();
    await fixture.whenStable();
    return host;
  };

  it('copies and announces it', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    const host = await render(writeText);
    expect(writeText).toHaveBeenCalledWith('req-1');
    await vi.waitFor(() => expect(host.querySelector('[aria-live]')?.textContent).toBe('Copied'));
  });

  it('does not claim to have copied when the browser refuses', async () => {
    const host = await render(() => Promise.reject(new Error('denied')));
    expect(host.querySelector('[aria-live]')?.textContent).toBe('');
  });
});
