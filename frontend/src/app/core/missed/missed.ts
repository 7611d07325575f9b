import { DOCUMENT, ErrorHandler, Service, inject } from '@angular/core';
import { type NavigationError, RedirectCommand, Router } from '@angular/router';
import { Toasts } from '../../ui/toast/toasts';

/** The path of the page that stands in for the first one of a visit. */
export const missedPath = 'missed';

/** What Chromium, Firefox and WebKit say of a module that could not be fetched: no standard has a name for it. */
const said = /dynamically imported module|Importing a module script failed/i;

/**
 * Code that the page asks for when it is needed (pages, dialogs) and that cannot be fetched: the server is away, or it was
 * updated and the old names are gone. Browsers remember modules that failed, so only loading the page anew helps.
 */
@Service()
export class Missed {
  private readonly toasts = inject(Toasts);
  private readonly location = inject(DOCUMENT).location;

  isReasonOf(error: unknown): boolean {
    return error instanceof Error && said.test(error.message);
  }

  /** @param address of the page that was asked for; the one that is open, unless it is said */
  tell(address = this.location.href): void {
    this.toasts.fail('This could not be loaded: the server did not answer, or it has been updated.', {
      label: 'Load the page anew',
      run: () => this.location.assign(address),
    });
  }
}

/** Nobody who opens a dialog catches what its import throws: it comes here, and is told of like any other failure. */
@Service({ autoProvided: false })
export class ErrorsTold extends ErrorHandler {
  private readonly missed = inject(Missed);

  override handleError(error: unknown): void {
    if (this.missed.isReasonOf(error)) this.missed.tell();
    else super.handleError(error);
  }
}

/** Whoever has a page keeps it and is told; at the beginning of a visit one stands in, under the address that was asked for. */
export function whenNavigationFails({ error, url }: NavigationError): RedirectCommand | undefined {
  const missed = inject(Missed);
  const router = inject(Router);
  if (!missed.isReasonOf(error)) inject(ErrorHandler).handleError(error);
  else if (router.navigated) missed.tell(url);
  else return new RedirectCommand(router.createUrlTree([missedPath]), { skipLocationChange: true });
  return undefined;
}
