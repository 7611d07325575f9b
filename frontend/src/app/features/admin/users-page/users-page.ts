import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Store } from '@ngrx/store';
import type { User } from '@yudai/sdk';
import { authFeature } from '../../../core/auth/auth.feature';
import { Avatar } from '../../../ui/avatar/avatar';
import { Confirm } from '../../../ui/confirm/confirm';
import { ErrorState } from '../../../ui/error-state/error-state';
import { PageHeader } from '../../../ui/page-header/page-header';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { UsersStore } from '../users.store';

const roles = ['member', 'auditor', 'admin'] as const;

/** Who uses this server, what each may do, and who is shut out. */
@Component({
  selector: 'app-users-page',
  imports: [Avatar, ErrorState, MatButton, PageHeader, ReachEnd, RelativeTime, Skeleton],
  providers: [UsersStore],
  templateUrl: './users-page.html',
  styleUrl: './users-page.css',
})
export class UsersPage {
  private readonly confirm = inject(Confirm);
  private readonly me = inject(Store).selectSignal(authFeature.selectMe);
  protected readonly users = inject(UsersStore);
  protected readonly roles = roles;
  protected readonly rows = computed(() =>
    this.users.items().map((user) => ({
      user,
      isMe: user.id === this.me()?.id,
      changing: user.id === this.users.changing(),
    })),
  );

  constructor() {
    this.users.show('all');
  }

  protected async changeRole(user: User, field: HTMLSelectElement): Promise<void> {
    const role = roles.find((each) => each === field.value);
    if (!role || role === user.role) return;
    const sure = await this.confirm.ask({
      title: `Make ${user.login} ${role === 'member' ? 'a member' : `an ${role}`}?`,
      text: 'It holds from their next request on.',
      details: [
        { label: 'Was', value: user.role },
        { label: 'Becomes', value: role },
      ],
      confirm: 'Change the role',
    });
    // The field shows what is, until the server has made the change.
    field.value = user.role;
    if (sure) this.users.update({ id: user.id, change: { role } });
  }

  protected async shut(user: User): Promise<void> {
    const sure = await this.confirm.ask({
      title: `Shut ${user.login} out?`,
      text: 'Their open pages and API tokens end at once. What they made stays.',
      confirm: 'Shut them out',
      danger: true,
    });
    if (sure) this.users.update({ id: user.id, change: { disabled: true } });
  }

  protected letIn(user: User): void {
    this.users.update({ id: user.id, change: { disabled: false } });
  }
}
