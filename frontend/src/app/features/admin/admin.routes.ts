import type { Routes } from '@angular/router';

const routes: Routes = [
  {
    path: '',
    loadComponent: () => import('./admin-frame/admin-frame').then((module) => module.AdminFrame),
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Users',
        loadComponent: () => import('./users-page/users-page').then((module) => module.UsersPage),
      },
      {
        path: 'usage',
        title: 'Usage',
        loadComponent: () => import('./usage/usage-page').then((module) => module.UsagePage),
      },
      {
        path: 'limits',
        title: 'Limits',
        loadComponent: () => import('./limits/limits-page').then((module) => module.LimitsPage),
      },
    ],
  },
];

export default routes;
