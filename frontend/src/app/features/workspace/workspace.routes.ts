import type { Routes } from '@angular/router';
import { provideIssues } from '../../state/issues/provide-issues';
import { provideMessages } from '../../state/messages/provide-messages';
import { provideSessions } from '../../state/sessions/provide-sessions';
import { provideSolves } from '../../state/solves/provide-solves';

const routes: Routes = [
  {
    path: '',
    providers: [provideSessions(), provideMessages(), provideIssues(), provideSolves()],
    loadComponent: () => import('./workspace-page/workspace-page').then((module) => module.WorkspacePage),
    children: [
      {
        path: '',
        pathMatch: 'full',
        loadComponent: () => import('./chat/chat-page').then((module) => module.ChatPage),
      },
      {
        path: 'issues/:issueId',
        loadComponent: () => import('./issues/issue-page/issue-page').then((module) => module.IssuePage),
      },
      {
        path: 'solves/:solveId',
        loadComponent: () => import('./solves/solve-page/solve-page').then((module) => module.SolvePage),
      },
      {
        path: 'evaluations',
        title: 'How well the search finds',
        loadComponent: () =>
          import('./evaluations/evaluation-page/evaluation-page').then((module) => module.EvaluationPage),
      },
    ],
  },
];

export default routes;
