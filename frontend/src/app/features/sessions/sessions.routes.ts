import type { Routes } from '@angular/router';
import { provideSessions } from '../../state/sessions/provide-sessions';

const routes: Routes = [
  {
    path: '',
    providers: [provideSessions()],
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Sessions',
        loadComponent: () => import('./session-list/session-list').then((module) => module.SessionList),
      },
      {
        path: 'new',
        title: 'New session',
        loadComponent: () => import('./new-session/new-session').then((module) => module.NewSession),
      },
    ],
  },
];

export default routes;
