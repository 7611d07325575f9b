import {
  Component,
  type ElementRef,
  afterNextRender,
  computed,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { longestMessage } from '../composer/limits';

/** Other words for a message that was sent: sending them begins another branch, the old one stays. */
@Component({
  selector: 'app-message-edit',
  imports: [MatButton],
  template: `
    <form (submit)="submit($event)">
      <textarea
        #field
        class="input"
        aria-label="Other words for this message"
        [value]="draft()"
        (input)="draft.set(field.value)"
        (keydown.enter)="enter($event)"
        (keydown.escape)="escape($event)"
      ></textarea>
      <div class="foot">
        <span class="hint">{{ hint() }}</span>
        <button matButton type="button" (click)="leave.emit()">Cancel</button>
        <button matButton="filled" type="submit" [disabled]="!ready()">Send</button>
      </div>
    </form>
  `,
  styles: `
    textarea {
      field-sizing: content;
      min-height: 72px;
      max-height: 50vh;
    }
    .foot {
      display: flex;
      align-items: center;
      justify-content: flex-end;
      gap: var(--s2);
      margin-top: var(--s2);
    }
    .hint {
      flex: 1;
    }
  `,
})
export class MessageEdit {
  readonly text = input.required<string>();
  readonly send = output<string>();
  readonly leave = output();

  protected readonly draft = linkedSignal(() => this.text());
  protected readonly ready = computed(() => {
    const text = this.draft().trim();
    return text !== '' && text.length <= longestMessage && text !== this.text().trim();
  });
  protected readonly hint = computed(() =>
    this.draft().length > longestMessage ? 'Too long' : 'What came after stays on its own branch',
  );
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');

  constructor() {
    afterNextRender({ read: () => this.field().nativeElement.focus() });
  }

  protected enter(event: Event): void {
    const { shiftKey, isComposing } = event as KeyboardEvent;
    if (!shiftKey && !isComposing) this.submit(event);
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (this.ready()) this.send.emit(this.draft().trim());
  }

  protected escape(event: Event): void {
    event.preventDefault();
    this.leave.emit();
  }
}
