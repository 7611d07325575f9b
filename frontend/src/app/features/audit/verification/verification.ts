import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { Progress } from '../../../ui/progress/progress';
import { VerificationStore } from './verification.store';
import { verdictOf } from './verification-words';

const number = new Intl.NumberFormat('en');
/** Seconds after which a pace can be told. */
const soon = 2;

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
  /** How far it is: share, seconds left at the pace so far, and words. */
  protected readonly progress = computed(() => {
    const progress = this.store.progress();
    if (!progress?.total) return undefined;
    const { checked, total, seconds } = progress;
    return {
      share: checked / total,
      left: seconds >= soon && checked > 0 ? (seconds / checked) * (total - checked) : null,
      words: `${number.format(checked)} of ${number.format(total)} entries`,
    };
  });
  /** The first entry that is not as it was written, and the last that is. */
  protected readonly broken = computed(() => this.store.verification()?.firstBroken);
  protected readonly sound = computed(() => {
    const broken = this.broken();
    return broken !== undefined && broken > 1 ? broken - 1 : undefined;
  });
}
