import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Progress } from '../../../ui/progress/progress';
import { VerificationStore } from './verification.store';
import { verdictOf } from './verification-words';

/** A verification under way, and what it has found: what it is, what it rests on, and what to do now. */
@Component({
  selector: 'app-verification',
  imports: [MatButton, MatIconButton, ErrorState, Icon, Progress],
  templateUrl: './verification.html',
  styleUrl: './verification.css',
})
export class Verification {
  /** Where the whole trail is downloaded from. */
  readonly wholeExport = input.required<string>();
  /** An entry, by its number. */
  readonly open = output<number>();

  protected readonly store = inject(VerificationStore);
  protected readonly verdict = computed(() => {
    const found = this.store.verification();
    return found && verdictOf(found);
  });
  /** The first entry that is not as it was written, and the last that is. */
  protected readonly broken = computed(() => this.store.verification()?.firstBroken);
  protected readonly sound = computed(() => {
    const broken = this.broken();
    return broken !== undefined && broken > 1 ? broken - 1 : undefined;
  });
}
