import { Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { Person } from '@yudai/sdk';
import { Avatar } from '../../../ui/avatar/avatar';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Picker, type PickerOption } from '../../../ui/picker/picker';
import type { LimitGroup } from './limit-rows';
import { LimitsStore, PeopleStore } from './limits.store';

/** Picks the person whose limits are to be set; closes with the limits that hold for them now. */
@Component({
  selector: 'app-person-dialog',
  imports: [Avatar, ErrorState, MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, Picker],
  providers: [LimitsStore, PeopleStore],
  template: `
    <h2 mat-dialog-title>Set limits for a person</h2>
    <mat-dialog-content>
      @if (limits.problem() ?? people.problem(); as problem) {
        <app-error-state [problem]="problem" (retry)="people.reload()" />
      }
      <app-picker
        label="Person"
        placeholder="Login or name"
        nothing="Nobody matches who has signed in."
        [options]="options()"
        [loading]="people.status() === 'loading' || limits.status() === 'loading'"
        (searched)="people.show($event.trim())"
        (pick)="choose($event)"
      >
        <ng-template let-person>
          <span class="person">
            <app-avatar [login]="person.login" [url]="person.avatarUrl" [size]="24" />
            {{ person.login }} <span class="faint">{{ person.name }}</span>
          </span>
        </ng-template>
      </app-picker>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close>Cancel</button>
    </mat-dialog-actions>
  `,
  styles: `
    app-picker {
      height: 320px;
      color: var(--text);
    }
    .person {
      display: flex;
      align-items: center;
      gap: var(--s2);
    }
  `,
})
export class PersonDialog {
  protected readonly limits = inject(LimitsStore);
  protected readonly people = inject(PeopleStore);
  private readonly chosen = signal<Person | undefined>(undefined);
  protected readonly options = computed<readonly PickerOption<Person>[]>(() =>
    this.people.items().map((person) => ({ id: person.id, label: person.login, value: person })),
  );

  constructor() {
    const dialog = inject<MatDialogRef<PersonDialog, LimitGroup>>(MatDialogRef);
    this.people.show('');
    effect(() => {
      const [user, found] = [this.chosen(), this.limits.items()[0]];
      if (user && found && this.limits.status() === 'loaded') dialog.close({ scope: 'user', user, items: found.items });
    });
  }

  protected choose(person: Person): void {
    this.chosen.set(person);
    this.limits.show(person.id);
  }
}
