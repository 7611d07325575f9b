import { Component, computed, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import type { AdminLimit } from '@yudai/sdk';
import { amount, limitLabel } from '../../../core/limits/limit-words';
import { ErrorState } from '../../../ui/error-state/error-state';
import { type Choice, type LimitGroup, changesOf, choiceOf, mayBeUnlimited, numberOf } from './limit-rows';
import { LimitsChangeStore } from './limits.store';

const titles = {
  deployment: 'Limits for all together',
  everyone: 'Limits for each person',
  user: 'Limits of ',
} as const;

/** Changes the limits of one scope: each is the standard one, none, or a number. */
@Component({
  selector: 'app-limits-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ErrorState],
  providers: [LimitsChangeStore],
  template: `
    <form (submit)="save($event)">
      <h2 mat-dialog-title>{{ title }}</h2>
      <mat-dialog-content>
        @for (row of rows(); track row.item.name) {
          <fieldset>
            <legend class="label">{{ row.label }}</legend>
            <div class="line">
              <select
                #kind
                class="input"
                [attr.aria-label]="row.label"
                [value]="row.choice.kind"
                (change)="choose(row.item, { kind: kindOf(kind.value) })"
              >
                <option value="standard" [selected]="row.choice.kind === 'standard'">
                  Standard, {{ row.standard }}
                </option>
                @if (row.unlimited) {
                  <option value="unlimited" [selected]="row.choice.kind === 'unlimited'">No limit</option>
                }
                <option value="own" [selected]="row.choice.kind === 'own'">A number</option>
              </select>
              @if (row.choice.kind === 'own') {
                <input
                  #typed
                  class="input number"
                  type="number"
                  min="0"
                  [step]="row.step"
                  [attr.aria-label]="row.label + ', the number'"
                  [attr.aria-invalid]="row.wrong"
                  [value]="row.choice.typed"
                  (input)="choose(row.item, { typed: typed.value })"
                />
              }
            </div>
            @if (row.used) {
              <p class="hint">{{ row.used }}</p>
            }
          </fieldset>
        }
        <p class="hint">It holds from the next request on. What is under way goes on.</p>
        @if (change.problem(); as problem) {
          <app-error-state [problem]="problem" [retryable]="false" />
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" [mat-dialog-close]="false">Cancel</button>
        <button matButton="filled" type="submit" [disabled]="!changes()?.length || change.status() === 'saving'">
          Save the limits
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: var(--s4);
    }
    fieldset {
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      margin-bottom: var(--s1);
      padding: 0;
    }
    .line {
      display: flex;
      gap: var(--s2);
    }
    .number {
      flex: 0 1 160px;
      min-width: 0;
    }
    .hint {
      margin-top: var(--s1);
    }
  `,
})
export class LimitsDialog {
  private readonly group = inject<LimitGroup>(MAT_DIALOG_DATA);
  protected readonly change = inject(LimitsChangeStore);
  protected readonly title = titles[this.group.scope] + (this.group.user?.login ?? '');
  private readonly choices = signal<ReadonlyMap<string, Choice>>(
    new Map(this.group.items.map((item) => [item.name, choiceOf(item)])),
  );
  protected readonly changes = computed(() => changesOf(this.group.items, this.choices()));
  protected readonly rows = computed(() =>
    this.group.items.map((item) => {
      const choice = this.choices().get(item.name) ?? choiceOf(item);
      return {
        item,
        choice,
        label: limitLabel(item.name),
        standard: item.standard === null ? 'no limit' : amount(item.name, item.standard),
        unlimited: mayBeUnlimited(item),
        step: item.name === 'usd-per-month' ? 'any' : '1',
        used: item.used === null ? '' : `${amount(item.name, item.used)} used now`,
        wrong: choice.kind === 'own' && numberOf(item, choice.typed) === undefined,
      };
    }),
  );

  constructor() {
    const dialog = inject<MatDialogRef<LimitsDialog, boolean>>(MatDialogRef);
    effect(() => {
      if (this.change.status() === 'saved') dialog.close(true);
    });
  }

  protected kindOf(value: string): Choice['kind'] {
    return value === 'own' || value === 'unlimited' ? value : 'standard';
  }

  protected choose(item: AdminLimit, part: Partial<Choice>): void {
    this.choices.update((before) =>
      new Map(before).set(item.name, { ...(before.get(item.name) ?? choiceOf(item)), ...part }),
    );
  }

  protected save(event: Event): void {
    event.preventDefault();
    const limits = this.changes();
    if (!limits?.length || this.change.status() === 'saving') return;
    const { scope, user } = this.group;
    this.change.save({ scope, limits, ...(user ? { userId: user.id } : {}) });
  }
}
