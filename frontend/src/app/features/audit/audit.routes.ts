import type { Routes } from '@angular/router';

const routes: Routes = [
  {
    path: '',
    title: 'Audit',
    loadComponent: () => import('./audit-page/audit-page').then((module) => module.AuditPage),
  },
];

export default routes;
