import type { Router } from '@angular/router';
import { listFiles, listIssues, listSessionSolves } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';
import { fetched } from '../../core/api/fetched';
import { type Command, matches } from '../../ui/command-palette/palette';
import { showInvisible } from '../../ui/text/invisible';
import { fileParams } from './files/file-link';

const mostFiles = 8;
const mostOthers = 200;
/** Fewer letters would find everything. */
const shortest = 2;

/** Files, issues and solves of the session that is open, by their names. */
export async function findInSession(query: string, sessionId: string, router: Router): Promise<Command[]> {
  if (query.length < shortest) return [];
  const path = { id: sessionId };
  const [files, issues, solves] = await Promise.all([
    firstValueFrom(fetched((on) => listFiles({ path, query: { query, limit: mostFiles }, ...on }))),
    firstValueFrom(fetched((on) => listIssues({ path, query: { limit: mostOthers }, ...on }))),
    firstValueFrom(fetched((on) => listSessionSolves({ path, query: { limit: mostOthers }, ...on }))),
  ]);
  const titles = new Map(issues.items.map(({ id, title }) => [id, title]));
  const go =
    (...to: string[]) =>
    () =>
      void router.navigate(['/s', sessionId, ...to]);
  return [
    ...files.items.map(({ path: file, name }): Command => ({
      id: `file-${file}`,
      label: showInvisible(name),
      hint: showInvisible(file),
      icon: 'file',
      group: 'Files',
      run: () =>
        void router.navigate([], { queryParams: { ...fileParams(file), tab: 'files' }, queryParamsHandling: 'merge' }),
    })),
    ...issues.items
      .filter(({ title, githubNumber }) => matches(query, `${title} #${githubNumber ?? ''}`))
      .map(({ id, title, githubNumber, status }): Command => ({
        id: `issue-${id}`,
        label: title || 'A draft without a title',
        hint: githubNumber ? `#${githubNumber}` : status,
        icon: 'issue',
        group: 'Issues',
        run: go('issues', id),
      })),
    ...solves.items
      .filter(({ issueId, model }) => matches(query, `${titles.get(issueId) ?? ''} ${model}`))
      .map(({ id, issueId, status }): Command => ({
        id: `solve-${id}`,
        label: titles.get(issueId) ?? 'Solve',
        hint: status,
        icon: 'terminal',
        group: 'Solves',
        run: go('solves', id),
      })),
  ];
}
