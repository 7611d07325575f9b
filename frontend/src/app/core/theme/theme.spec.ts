import { TestBed } from '@angular/core/testing';
import { Theme } from './theme';

describe('Theme', () => {
  beforeEach(() => localStorage.clear());

  it('is chosen, applied and found again after a reload', () => {
    TestBed.inject(Theme).choose('dark');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    TestBed.resetTestingModule();
    expect(TestBed.inject(Theme).choice()).toBe('dark');
  });

  it('follows the system again', () => {
    const theme = TestBed.inject(Theme);
    theme.choose('light');
    theme.choose('system');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
    expect(localStorage).toHaveLength(0);
  });
});
