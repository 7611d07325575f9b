import { Component, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Actions, ofType } from '@ngrx/effects';
import { messageStreamActions } from '../../../state/messages/message-stream.actions';

/** As much as one wants to hear without having asked; the message itself is there to read. */
const spoken = 400;

/** Tells screen readers when an answer is done, and how it begins: words that appear one by one are not read out. */
@Component({
  selector: 'app-answer-announcer',
  template: `<p class="visually-hidden" role="status" aria-live="polite">{{ words() }}</p>`,
})
export class AnswerAnnouncer {
  protected readonly words = signal('');

  constructor() {
    inject(Actions)
      .pipe(ofType(messageStreamActions.finished, messageStreamActions.failed), takeUntilDestroyed())
      .subscribe((action) => this.words.set('message' in action ? finished(action.message) : 'The answer failed.'));
  }
}

function finished({ status, text }: { status: string; text: string }): string {
  const end = text.length > spoken ? `${text.slice(0, spoken)} …` : text;
  return `${status === 'stopped' ? 'The answer was stopped' : 'The answer is finished'}. ${end}`;
}
