import { Component, computed, inject, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Person, Session } from '@yudai/sdk';
import { Avatar } from '../../../ui/avatar/avatar';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Picker } from '../../../ui/picker/picker';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { MembersStore } from './members.store';

/** People of a session: find somebody, give a role, take it away. */
@Component({
  selector: 'app-share-dialog',
  imports: [
    MatButton,
    MatIconButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    Avatar,
    ErrorState,
    Icon,
    Picker,
    Skeleton,
  ],
  providers: [MembersStore],
  templateUrl: './share-dialog.html',
  styleUrl: './share-dialog.css',
})
export class ShareDialog {
  protected readonly session = inject<Session>(MAT_DIALOG_DATA);
  protected readonly members = inject(MembersStore);
  protected readonly role = signal<'editor' | 'viewer'>('editor');
  protected readonly options = computed(() => {
    const inside = new Set(this.members.items().map(({ userId }) => userId));
    return this.members
      .people()
      .filter(({ id }) => !inside.has(id))
      .map((value) => ({ id: value.id, label: value.login, value }));
  });

  constructor() {
    this.members.show(this.session.id);
    this.members.find('');
  }

  protected add({ id }: Person): void {
    this.members.add({ userId: id, role: this.role() });
  }

  protected choose(role: string): void {
    this.role.set(role === 'viewer' ? 'viewer' : 'editor');
  }

  protected change(userId: string, role: string): void {
    this.members.changeRole({ userId, role: role === 'viewer' ? 'viewer' : 'editor' });
  }
}
