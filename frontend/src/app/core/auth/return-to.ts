import type { Router, UrlTree } from '@angular/router';

/** The sign-in page, remembering where to go afterwards. */
export function signInUrl(router: Router, from: string): UrlTree {
  return router.createUrlTree(['/sign-in'], { queryParams: from === '/' ? {} : { returnTo: from } });
}
