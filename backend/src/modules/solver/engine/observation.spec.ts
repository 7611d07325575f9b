import { observation, OutputWindow } from './observation.js';

describe('OutputWindow', () => {
  it('keeps short output as it is', () => {
    const window = new OutputWindow();
    window.add('a\n');
    window.add('b\n');
    expect(window.excerpt()).toBe('a\nb\n');
  });

  it('shows the beginning and the end of long output and says how much is missing', () => {
    const window = new OutputWindow();
    window.add('start');
    window.add('x'.repeat(50_000));
    window.add('finish');
    const shown = window.excerpt(100);
    expect(shown.startsWith('start')).toBe(true);
    expect(shown.endsWith('finish')).toBe(true);
    expect(shown).toContain('49911 characters left out');
  });

  it('stays bounded however much is printed', () => {
    const window = new OutputWindow(1_000);
    for (let i = 0; i < 1_000; i++) window.add('0123456789'.repeat(10));
    expect(window.text.length).toBeLessThan(1_100);
  });

  it('tells the model why a command was stopped', () => {
    const text = observation({ exitCode: 137, durationMs: 5, ended: 'timeout' }, new OutputWindow());
    expect(text).toContain('exit code: 137');
    expect(text).toContain('its time was up');
  });
});
