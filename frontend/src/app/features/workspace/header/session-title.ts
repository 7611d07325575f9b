import {
  Component,
  type ElementRef,
  Injector,
  afterNextRender,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Icon } from '../../../ui/icon/icon';

const longest = 200;

/** The session's name: a heading that becomes a field. Enter and leaving keep what was typed, Escape does not. */
@Component({
  selector: 'app-session-title',
  imports: [Icon],
  template: `
    @if (editing()) {
      <input
        #field
        class="input"
        type="text"
        aria-label="Name of the session"
        autocomplete="off"
        [maxLength]="longest"
        [value]="title()"
        (keydown.enter)="keep(field.value)"
        (keydown.escape)="cancel($event)"
        (blur)="keep(field.value)"
      />
    } @else {
      <h1 class="truncate" [title]="title()">{{ title() }}</h1>
      @if (editable()) {
        <button #pencil type="button" aria-label="Rename the session" title="Rename" (click)="edit()">
          <app-icon name="edit" />
        </button>
      }
    }
  `,
  styleUrl: './session-title.css',
})
export class SessionTitle {
  readonly title = input.required<string>();
  readonly editable = input(false);
  readonly rename = output<string>();

  protected readonly longest = longest;
  protected readonly editing = signal(false);
  private readonly injector = inject(Injector);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');
  private readonly pencil = viewChild<ElementRef<HTMLElement>>('pencil');

  edit(): void {
    this.editing.set(true);
    this.afterwards(() => this.field()?.nativeElement.select());
  }

  protected keep(text: string): void {
    if (!this.editing()) return;
    this.close();
    const title = text.trim();
    if (title && title !== this.title()) this.rename.emit(title);
  }

  protected cancel(event: Event): void {
    event.preventDefault();
    this.close();
  }

  private close(): void {
    this.editing.set(false);
    this.afterwards(() => this.pencil()?.nativeElement.focus());
  }

  private afterwards(run: () => void): void {
    afterNextRender({ read: run }, { injector: this.injector });
  }
}
