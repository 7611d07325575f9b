import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { amount, limitLabel } from '../../../core/limits/limit-words';
import { Avatar } from '../../../ui/avatar/avatar';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Meter } from '../../../ui/meter/meter';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { type LimitGroup, groupsOf, rowOf } from './limit-rows';
import { LimitsStore } from './limits.store';

const about = {
  deployment: { title: 'All together', text: 'What everybody may use together. Over it, nobody begins anything new.' },
  everyone: { title: 'Each person', text: 'What each person may use who has no limits of their own.' },
  user: { title: '', text: '' },
} as const;

/** What the deployment and the people on it may use, how much of it is used, and the way to change it. */
@Component({
  selector: 'app-limits-page',
  imports: [Avatar, ErrorState, Icon, MatButton, Meter, RelativeTime, Skeleton],
  providers: [LimitsStore],
  templateUrl: './limits-page.html',
  styleUrls: ['../usage/table.css', './limits-page.css'],
})
export class LimitsPage {
  private readonly dialog = inject(MatDialog);
  protected readonly limits = inject(LimitsStore);
  private readonly found = computed(() => this.limits.items()[0]);
  protected readonly groups = computed(() =>
    groupsOf(this.found()?.items ?? []).map((group) => ({
      group,
      id: `limits-${group.user?.id ?? group.scope}`,
      title: group.user?.login ?? about[group.scope].title,
      text: about[group.scope].text,
      rows: group.items.map(rowOf),
    })),
  );
  protected readonly common = computed(() => this.groups().filter(({ group }) => !group.user));
  protected readonly own = computed(() => this.groups().filter(({ group }) => group.user));
  protected readonly rates = computed(() =>
    (this.found()?.rates ?? []).map(({ name, perUser, perAddress }) => ({
      name,
      label: limitLabel(name),
      perUser: perUser === null ? '' : amount(name, perUser),
      perAddress: amount(name, perAddress),
    })),
  );

  constructor() {
    this.limits.show('');
  }

  protected async edit(group: LimitGroup): Promise<void> {
    const { LimitsDialog } = await import('./limits-dialog');
    const opened = this.dialog.open<unknown, LimitGroup, boolean>(LimitsDialog, { data: group, width: '480px' });
    if (await firstValueFrom(opened.afterClosed())) this.limits.reload();
  }

  protected async choosePerson(): Promise<void> {
    const { PersonDialog } = await import('./person-dialog');
    const opened = this.dialog.open<unknown, undefined, LimitGroup>(PersonDialog, { width: '440px' });
    const group = await firstValueFrom(opened.afterClosed());
    if (group) await this.edit(group);
  }
}
