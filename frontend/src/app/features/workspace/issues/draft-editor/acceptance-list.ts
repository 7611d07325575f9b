import { Component, ElementRef, Injector, afterNextRender, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { Icon } from '../../../../ui/icon/icon';

/** As the server allows it. */
const most = 30;
const longest = 1000;

/** What must hold once the issue is done, one sentence a row. An emptied row goes away when it is left. */
@Component({
  selector: 'app-acceptance-list',
  imports: [MatIconButton, Icon],
  template: `
    <h3 id="acceptance">Accepted when</h3>
    <ol aria-labelledby="acceptance">
      @for (item of items(); track $index) {
        <li>
          <span class="box" aria-hidden="true"></span>
          <input
            #field
            class="input"
            type="text"
            autocomplete="off"
            [maxLength]="longest"
            [attr.aria-label]="'Condition ' + ($index + 1)"
            [value]="item"
            (input)="write($index, field.value.trim())"
            (blur)="leave($index, field.value.trim())"
            (keydown.enter)="goTo($event, $index + 1)"
          />
          <button
            matIconButton
            type="button"
            [attr.aria-label]="'Remove condition ' + ($index + 1)"
            (click)="remove($index)"
          >
            <app-icon name="close" />
          </button>
        </li>
      }
      @if (items().length < most) {
        <li>
          <span class="box" aria-hidden="true"></span>
          <input
            #fresh
            class="input"
            type="text"
            autocomplete="off"
            aria-label="New condition"
            placeholder="Add a condition"
            [maxLength]="longest"
            (change)="add(fresh)"
            (keydown.enter)="add(fresh, $event)"
          />
        </li>
      }
    </ol>
  `,
  styleUrl: './acceptance-list.css',
})
export class AcceptanceList {
  readonly items = input.required<readonly string[]>();
  readonly wrote = output<string[]>();

  protected readonly most = most;
  protected readonly longest = longest;
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected write(at: number, text: string): void {
    if (text) this.wrote.emit(this.items().map((item, index) => (index === at ? text : item)));
  }

  protected leave(at: number, text: string): void {
    if (!text && at < this.items().length) this.remove(at);
  }

  protected remove(at: number): void {
    this.wrote.emit(this.items().filter((_, index) => index !== at));
  }

  protected add(field: HTMLInputElement, event?: Event): void {
    event?.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    field.value = '';
    this.wrote.emit([...this.items(), text]);
    if (event) this.focus(this.items().length + 1);
  }

  /** Enter goes on to the next row, and from the last one to the new one. */
  protected goTo(event: Event, at: number): void {
    event.preventDefault();
    this.focus(at);
  }

  private focus(at: number): void {
    afterNextRender(
      { read: () => this.host.querySelectorAll<HTMLInputElement>('input')[at]?.focus() },
      {
        injector: this.injector,
      },
    );
  }
}
