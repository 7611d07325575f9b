import { Component, effect, inject, input, untracked } from '@angular/core';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { PreviewStore } from './preview.store';
import { SentPreview } from './sent-preview';

/** An issue as GitHub has it or would get it, up to date with what is saved. */
@Component({
  selector: 'app-preview-tab',
  imports: [ErrorState, SentPreview, Skeleton],
  providers: [PreviewStore],
  template: `
    @if (store.problem(); as problem) {
      <app-error-state [problem]="problem" (retry)="store.load(issueId())" />
    }
    @if (store.preview(); as preview) {
      <app-sent-preview [preview]="preview" [sent]="published()" [attr.aria-busy]="store.loading()" />
    } @else if (store.loading()) {
      <app-skeleton class="box" [rows]="8" [rowHeight]="36" />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s3);
      width: min(860px, 100%);
      margin: 0 auto;
      padding: var(--s4);
    }
    .box {
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface);
    }
  `,
})
export class PreviewTab {
  readonly issueId = input.required<string>();
  /** Changes whenever there is something new to see. */
  readonly revision = input.required<number>();

  /** It is on GitHub: what spoke against it does so no more. */
  readonly published = input(false);

  protected readonly store = inject(PreviewStore);

  constructor() {
    effect(() => {
      const issueId = this.issueId();
      this.revision();
      untracked(() => this.store.load(issueId));
    });
  }
}
