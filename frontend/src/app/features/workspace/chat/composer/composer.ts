import {
  Component,
  type ElementRef,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Kept } from '../../../../core/kept/kept';
import { Icon } from '../../../../ui/icon/icon';
import { useShortcuts } from '../../../../ui/shortcuts/shortcuts';
import { AttachmentsStore } from './attachments.store';
import { countedFrom, longestMessage } from './limits';

/** What is to be sent: words, and files that the server has already. */
export interface Written {
  readonly text: string;
  readonly attachmentIds: readonly string[];
}

const number = new Intl.NumberFormat('en');

/** Where messages are written. Enter sends, Shift and Enter break the line; the draft outlives a reload. */
@Component({
  selector: 'app-composer',
  imports: [MatButton, MatIconButton, Icon],
  providers: [AttachmentsStore],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
  host: { '(dragover)': 'drag($event)', '(drop)': 'drop($event)' },
})
export class Composer {
  readonly sessionId = input.required<string>();
  /** Why nothing can be written here, in a sentence; nothing when it can. */
  readonly disabled = input<string>();
  /** An answer is being written: it can be stopped, and the next message waits. */
  readonly streaming = input(false);
  readonly send = output<Written>();
  readonly stop = output();
  readonly editLast = output();

  protected readonly attachments = inject(AttachmentsStore);
  private readonly kept = inject(Kept);
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');
  private readonly draftKey = computed(() => `draft.${this.sessionId()}`);
  protected readonly text = linkedSignal(() => this.kept.readPersonal(this.draftKey()) ?? '');

  protected readonly left = computed(() => {
    const { length } = this.text();
    if (length < countedFrom) return '';
    const rest = longestMessage - length;
    return rest >= 0 ? `${number.format(rest)} characters left` : `${number.format(-rest)} characters too many`;
  });
  protected readonly tooLong = computed(() => this.text().length > longestMessage);
  /** Why the message cannot go now, although it may be written. */
  protected readonly wait = computed(() => {
    if (this.tooLong()) return this.left();
    if (this.attachments.uploading()) return 'Files are still being uploaded';
    if (this.attachments.failed()) return 'Remove the file that could not be uploaded';
    return this.streaming() ? 'The next message can be sent when this answer is done' : '';
  });
  protected readonly ready = computed(() => this.text().trim() !== '' && this.wait() === '');

  constructor() {
    effect(() => this.kept.writePersonal(this.draftKey(), this.text()));
    useShortcuts([{ keys: 'm', label: 'Write a message', group: 'Session', run: () => this.focus() }]);
  }

  focus(): void {
    this.field()?.nativeElement.focus();
  }

  protected key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) this.submit(event);
    if (event.key === 'ArrowUp' && this.text() === '') {
      event.preventDefault();
      this.editLast.emit();
    }
  }

  protected submit(event: Event): void {
    event.preventDefault();
    if (!this.ready()) return;
    this.send.emit({ text: this.text().trim(), attachmentIds: this.attachments.ids() });
    this.text.set('');
    // Keys can be quicker than the page is drawn: then the binding has seen no change, and would leave the words.
    const field = this.field()?.nativeElement;
    if (field) field.value = '';
    this.attachments.clear();
  }

  protected pick(picker: HTMLInputElement): void {
    this.attachments.add(this.sessionId(), picker.files ?? []);
    picker.value = '';
    this.focus();
  }

  protected paste(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.attachments.add(this.sessionId(), files);
  }

  protected drag(event: DragEvent): void {
    if (!this.disabled() && event.dataTransfer?.types.includes('Files')) event.preventDefault();
  }

  protected drop(event: DragEvent): void {
    const files = event.dataTransfer?.files;
    if (this.disabled() || !files?.length) return;
    event.preventDefault();
    this.attachments.add(this.sessionId(), files);
  }
}
