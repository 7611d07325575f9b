import { Component, computed, effect, inject, linkedSignal, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { Actions, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import type { Model, StartSolve } from '@yudai/sdk';
import { solvesApiActions } from '../../../../state/solves/solves-api.actions';
import { solvesPageActions } from '../../../../state/solves/solves-page.actions';
import { solvesFeature } from '../../../../state/solves/solves.feature';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { type LimitName, limitFields, limitsOf } from './limits';
import { ModelsStore } from './models.store';
import type { SolveOf } from './start-solve';

const longest = 10_000;
const price = (perMillion: number | null): string => (perMillion === null ? '?' : `$${perMillion}`);

/** With which model, within which limits: an empty field leaves it to the server. */
@Component({
  selector: 'app-start-solve-dialog',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle, ErrorState],
  providers: [ModelsStore],
  templateUrl: './start-solve-dialog.html',
  styleUrl: './start-solve-dialog.css',
})
export class StartSolveDialog {
  protected readonly solve = inject<SolveOf>(MAT_DIALOG_DATA);
  private readonly store = inject(Store);
  protected readonly models = inject(ModelsStore);
  private readonly starting = this.store.selectSignal(solvesFeature.selectStartView);

  protected readonly longest = longest;
  protected readonly fields = limitFields;
  protected readonly model = linkedSignal(() => {
    const models = this.models.models();
    return (models.find(({ standard }) => standard) ?? models[0])?.id ?? '';
  });
  protected readonly written = signal<Readonly<Record<LimitName, string>>>({ steps: '', minutes: '', costUsd: '' });
  protected readonly instructions = signal('');
  protected readonly limits = computed(() => limitsOf(this.written()));
  protected readonly busy = computed(() => this.starting().busy);
  /** What went wrong here, not in a dialog before. */
  protected readonly problem = signal<ReturnType<typeof this.starting>['problem']>(undefined);

  constructor() {
    const dialog = inject(MatDialogRef);
    this.models.load();
    inject(Actions)
      .pipe(ofType(solvesApiActions.started), takeUntilDestroyed())
      .subscribe(() => dialog.close());
    let asked = false;
    effect(() => {
      const { busy, problem } = this.starting();
      asked ||= busy;
      if (asked) this.problem.set(problem);
    });
  }

  protected priced({ name, promptPricePerMTok, completionPricePerMTok }: Model): string {
    return `${name} · ${price(promptPricePerMTok)} in, ${price(completionPricePerMTok)} out for a million tokens`;
  }

  protected write(name: LimitName, text: string): void {
    this.written.update((written) => ({ ...written, [name]: text }));
  }

  protected start(event: Event): void {
    event.preventDefault();
    const limits = this.limits();
    if (this.busy() || !limits.valid) return;
    const instructions = this.instructions().trim();
    const wish: StartSolve = {
      ...(this.model() ? { model: this.model() } : {}),
      ...(Object.keys(limits.values).length ? { limits: limits.values } : {}),
      ...(instructions ? { instructions } : {}),
    };
    this.store.dispatch(solvesPageActions.startAsked({ issueId: this.solve.issueId, wish }));
  }
}
