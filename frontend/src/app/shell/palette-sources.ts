import { DestroyRef, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Store } from '@ngrx/store';
import { listSessions } from '@yudai/sdk';
import { firstValueFrom } from 'rxjs';
import { fetched } from '../core/api/fetched';
import { authActions } from '../core/auth/auth.actions';
import { authFeature } from '../core/auth/auth.feature';
import { Theme, type ThemeChoice } from '../core/theme/theme';
import { type Command, Palette, matches } from '../ui/command-palette/palette';

const mostSessions = 12;

/** What the palette offers on every page: places, sessions, and what concerns the whole application. */
export function usePlaces(showKeys: () => void): void {
  const palette = inject(Palette);
  const router = inject(Router);
  const store = inject(Store);
  const theme = inject(Theme);
  const mayAudit = store.selectSignal(authFeature.selectMayAudit);
  const isAdmin = store.selectSignal(authFeature.selectIsAdmin);

  const go = (id: string, label: string, icon: Command['icon'], path: string): Command => ({
    id,
    label,
    icon,
    group: 'Go to',
    run: () => void router.navigateByUrl(path),
  });
  const paint = (choice: ThemeChoice, label: string, icon: Command['icon']): Command => ({
    id: `theme-${choice}`,
    label,
    icon,
    group: 'Do',
    run: () => theme.choose(choice),
  });
  const fixed = (): Command[] => [
    go('sessions', 'Sessions', 'chat', '/'),
    go('new', 'New session', 'plus', '/new'),
    ...(mayAudit() ? [go('audit', 'Audit', 'shield', '/audit')] : []),
    ...(isAdmin()
      ? [
          go('users', 'Users and roles', 'people', '/admin'),
          go('usage', 'Usage', 'layers', '/admin/usage'),
          go('limits', 'Limits', 'filter', '/admin/limits'),
        ]
      : []),
    go('settings', 'Settings', 'settings', '/settings'),
    paint('light', 'Light colours', 'sun'),
    paint('dark', 'Dark colours', 'moon'),
    paint('system', "The system's colours", 'monitor'),
    { id: 'keys', label: 'Keyboard shortcuts', icon: 'keyboard', group: 'Do', run: showKeys },
    {
      id: 'sign-out',
      label: 'Sign out',
      icon: 'signOut',
      group: 'Do',
      run: () => store.dispatch(authActions.signOutAsked()),
    },
  ];

  const sessions = async (query: string): Promise<Command[]> => {
    const search = query ? { query } : {};
    const { items } = await firstValueFrom(
      fetched((on) => listSessions({ query: { ...search, limit: mostSessions }, ...on })),
    );
    return items.map((session) => ({
      id: `session-${session.id}`,
      label: session.title,
      hint: `${session.owner}/${session.repo}`,
      icon: 'chat',
      group: 'Sessions',
      run: () => void router.navigate(['/s', session.id]),
    }));
  };

  const remove = [palette.add((query) => fixed().filter(({ label }) => matches(query, label))), palette.add(sessions)];
  inject(DestroyRef).onDestroy(() => remove.forEach((each) => each()));
}
