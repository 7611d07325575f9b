import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { CopyButton } from '../copy-button/copy-button';
import { Icon } from '../icon/icon';
import type { ProblemView } from './problem-view';

/** A failure in its place: what happened, what to do about it, a retry, and the request id to quote. */
@Component({
  selector: 'app-error-state',
  imports: [MatButton, CopyButton, Icon],
  template: `
    <app-icon name="warning" />
    <div class="body" role="alert">
      <p class="title">{{ problem().title }}</p>
      @if (problem().detail) {
        <p class="detail">{{ problem().detail }}</p>
      }
      @if (problem().retryAfterSeconds; as seconds) {
        <p class="detail">Try again in {{ seconds }} seconds.</p>
      }
    </div>
    <div class="foot">
      @if (retryable()) {
        <button matButton="outlined" type="button" (click)="retry.emit()"><app-icon name="retry" /> Try again</button>
      }
      <ng-content />
      @if (problem().requestId; as id) {
        <span class="request"
          >Request <code>{{ id }}</code><app-copy-button [text]="id" label="Copy the request id"
        /></span>
      }
    </div>
  `,
  styleUrl: './error-state.css',
})
export class ErrorState {
  readonly problem = input.required<ProblemView>();
  readonly retryable = input(true);
  readonly retry = output();
}
