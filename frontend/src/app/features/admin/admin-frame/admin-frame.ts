import { Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { PageHeader } from '../../../ui/page-header/page-header';

/** The frame of the pages for administrators: what there is to look after, and one of it. */
@Component({
  selector: 'app-admin-frame',
  imports: [PageHeader, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <app-page-header heading="Administration" />
    <nav aria-label="Parts of the administration">
      @for (part of parts; track part.path) {
        <a
          routerLinkActive="here"
          ariaCurrentWhenActive="page"
          [routerLink]="part.path"
          [routerLinkActiveOptions]="{ exact: part.path === '/admin' }"
          >{{ part.label }}</a
        >
      }
    </nav>
    <div class="scroll"><router-outlet /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    nav {
      display: flex;
      flex: none;
      gap: var(--s4);
      padding: 0 var(--s4);
      border-bottom: 1px solid var(--border);
      background: var(--surface);
    }
    a {
      margin-bottom: -1px;
      border-bottom: 2px solid transparent;
      font-size: var(--text-13);
      line-height: 38px;
      color: var(--text-muted);
    }
    a:hover {
      color: var(--text);
      text-decoration: none;
    }
    a.here {
      border-color: var(--accent);
      font-weight: 500;
      color: var(--text);
    }
    .scroll {
      flex: 1;
      min-height: 0;
      overflow-y: auto;
    }
  `,
})
export class AdminFrame {
  protected readonly parts = [
    { path: '/admin', label: 'Users' },
    { path: '/admin/usage', label: 'Usage' },
    { path: '/admin/limits', label: 'Limits' },
  ];
}
