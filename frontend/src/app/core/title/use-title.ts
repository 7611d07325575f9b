import { effect, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter } from 'rxjs';
import { PageTitle } from './title';

/** Names the page after what it shows, once that is known; navigation within the page forgets the name, so it is set again. */
export function useTitle(name: () => string | undefined): void {
  const title = inject(PageTitle);
  const navigated = toSignal(inject(Router).events.pipe(filter((event) => event instanceof NavigationEnd)));
  effect(() => {
    navigated();
    const now = name();
    if (now !== undefined) title.set(now);
  });
}
