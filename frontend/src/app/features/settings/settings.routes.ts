import type { Routes } from '@angular/router';

const routes: Routes = [
  {
    path: '',
    title: 'Settings',
    loadComponent: () => import('./settings-page/settings-page').then((module) => module.SettingsPage),
  },
];

export default routes;
