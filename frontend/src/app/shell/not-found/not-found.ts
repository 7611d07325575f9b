import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { PageHeader } from '../../ui/page-header/page-header';

/** An address that leads nowhere. */
@Component({
  selector: 'app-not-found',
  imports: [MatButton, RouterLink, EmptyState, PageHeader],
  template: `
    <app-page-header heading="Not found" />
    <app-empty-state icon="search" title="There is no such page">
      The address may be mistyped, or what it named is gone.
      <a action matButton="filled" routerLink="/">Go to your sessions</a>
    </app-empty-state>
  `,
})
export class NotFound {}
