import type { Routes } from '@angular/router';

const routes: Routes = [
  {
    path: '',
    title: 'Users',
    loadComponent: () => import('./users-page/users-page').then((module) => module.UsersPage),
  },
];

export default routes;
