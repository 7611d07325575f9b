import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { Store } from '@ngrx/store';
import type { User } from '@yudai/sdk';
import { authFeature } from '../../../core/auth/auth.feature';
import { Avatar } from '../../../ui/avatar/avatar';
import { Confirm } from '../../../ui/confirm/confirm';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { RelativeTime } from '../../../ui/relative-time/relative-time';
import { SearchField } from '../../../ui/search-field/search-field';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { roleQuestion, roles, shutQuestion } from '../user-words';
import { UsersStore } from '../users.store';

/** Who uses this server, what each may do, and who is shut out. */
@Component({
  selector: 'app-users-page',
  imports: [Avatar, EmptyState, ErrorState, MatButton, ReachEnd, RelativeTime, SearchField, Skeleton],
  providers: [UsersStore],
  templateUrl: './users-page.html',
  styleUrl: './users-page.css',
})
export class UsersPage {
  /** From the address: part of a name, and a role. */
  readonly q = input<string>();
  readonly role = input<string>();

  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly me = inject(Store).selectSignal(authFeature.selectMe);
  protected readonly users = inject(UsersStore);
  protected readonly roles = roles;
  protected readonly chosenRole = computed(() => roles.find((each) => each === this.role()));
  protected readonly filtered = computed(() => !!this.q() || !!this.chosenRole());
  protected readonly rows = computed(() =>
    this.users.items().map((user) => ({
      user,
      isMe: user.id === this.me()?.id,
      changing: user.id === this.users.changing(),
      refused: this.users.refused()?.id === user.id ? this.users.refused()?.problem : undefined,
    })),
  );

  constructor() {
    this.users.show(computed(() => ({ query: this.q() ?? '', role: this.chosenRole() })));
  }

  protected look(queryParams: { q?: string | null; role?: string | null }): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected async changeRole(user: User, isMe: boolean, field: HTMLSelectElement): Promise<void> {
    const role = roles.find((each) => each === field.value);
    if (!role || role === user.role) return;
    const sure = await this.confirm.ask(roleQuestion(user, role, isMe));
    // The field shows what is, until the server has made the change.
    field.value = user.role;
    if (sure) this.users.update({ user, change: { role } });
  }

  protected async shut(user: User): Promise<void> {
    if (await this.confirm.ask(shutQuestion(user))) this.users.update({ user, change: { disabled: true } });
  }

  protected letIn(user: User): void {
    this.users.update({ user, change: { disabled: false } });
  }
}
