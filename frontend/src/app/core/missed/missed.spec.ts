import { Component, ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withNavigationErrorHandler, withRouterConfig } from '@angular/router';
import { Toasts } from '../../ui/toast/toasts';
import { ErrorsTold, missedPath, whenNavigationFails } from './missed';

@Component({ selector: 'app-page', template: '' })
class Page {}

const missing = new TypeError('Failed to fetch dynamically imported module: https://yudai.example/chunk-AB.js');

describe('code that cannot be fetched', () => {
  beforeEach(() =>
    TestBed.configureTestingModule({
      providers: [
        { provide: ErrorHandler, useClass: ErrorsTold },
        provideRouter(
          [
            { path: '', pathMatch: 'full', component: Page },
            { path: missedPath, component: Page },
            { path: 'audit', loadComponent: () => Promise.reject(missing) },
            { path: 'broken', loadComponent: () => Promise.reject(new Error('a defect')) },
          ],
          withNavigationErrorHandler(whenNavigationFails),
          withRouterConfig({ resolveNavigationPromiseOnError: true }),
        ),
      ],
    }),
  );

  const told = (): readonly string[] =>
    TestBed.inject(Toasts)
      .items()
      .map(({ text }) => text);

  it('leaves the page that is open where it is, and says so with a way to load the other', async () => {
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/');
    expect(await router.navigateByUrl('/audit')).toBe(false);
    expect(router.url).toBe('/');
    expect(told()).toEqual([expect.stringContaining('could not be loaded')]);
    expect(TestBed.inject(Toasts).items()[0]?.action?.label).toBe('Load the page anew');
  });

  it('shows a page in its place when there is none yet', async () => {
    const router = TestBed.inject(Router);
    await router.navigateByUrl('/audit');
    expect(router.url).toBe(`/${missedPath}`);
    expect(told()).toEqual([]);
  });

  it('is told of when a dialog is opened', () => {
    TestBed.inject(ErrorHandler).handleError(missing);
    expect(told()).toHaveLength(1);
  });

  it('is no excuse for a defect, which goes to the console', async () => {
    const console = vi.spyOn(globalThis.console, 'error').mockImplementation(() => undefined);
    await TestBed.inject(Router).navigateByUrl('/broken');
    expect(console.mock.calls.flat().map(String).join(' ')).toContain('a defect');
    expect(told()).toEqual([]);
    console.mockRestore();
  });
});
