import { DOCUMENT, DestroyRef, inject } from '@angular/core';

/**
 * What opens over the page stands at the end of the document, outside of every landmark. It becomes one of its own, so
 * that somebody who goes from landmark to landmark finds an open menu, too.
 */
export function nameOverlays(): void {
  const { body } = inject(DOCUMENT);
  const name = (): void => {
    const container = body.querySelector(':scope > .cdk-overlay-container');
    if (!container) return;
    container.setAttribute('role', 'region');
    container.setAttribute('aria-label', 'Open over the page');
    watching.disconnect();
  };
  const watching = new MutationObserver(name);
  watching.observe(body, { childList: true });
  name();
  inject(DestroyRef).onDestroy(() => watching.disconnect());
}
