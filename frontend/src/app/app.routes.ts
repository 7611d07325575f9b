import type { Routes } from '@angular/router';
import { isAdmin, mayAudit, signedIn } from './core/auth/guards';
import { missedPath } from './core/missed/missed';
import { MissedPage } from './shell/missed-page/missed-page';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in',
    loadComponent: () => import('./features/sign-in/sign-in').then((module) => module.SignIn),
  },
  { path: missedPath, title: 'Not loaded', component: MissedPage },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./shell/shell').then((module) => module.Shell),
    children: [
      { path: 's/:sessionId', loadChildren: () => import('./features/workspace/workspace.routes') },
      { path: 'audit', canMatch: [mayAudit], loadChildren: () => import('./features/audit/audit.routes') },
      { path: 'admin', canMatch: [isAdmin], loadChildren: () => import('./features/admin/admin.routes') },
      { path: 'settings', loadChildren: () => import('./features/settings/settings.routes') },
      { path: '', loadChildren: () => import('./features/sessions/sessions.routes') },
      {
        path: '**',
        title: 'Not found',
        loadComponent: () => import('./shell/not-found/not-found').then((module) => module.NotFound),
      },
    ],
  },
];
