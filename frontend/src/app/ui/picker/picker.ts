import { NgTemplateOutlet } from '@angular/common';
import {
  Component,
  ElementRef,
  TemplateRef,
  computed,
  contentChild,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { Icon } from '../icon/icon';
import { ReachEnd } from '../reach-end/reach-end';

/** Something to pick: what it is called for screen readers and matching, and what it is. */
export interface PickerOption<T> {
  readonly id: string;
  readonly label: string;
  readonly value: T;
}

let count = 0;

/**
 * A field to type in over the list of what matches: arrows move, Enter picks. The owner finds the options (they may
 * be pages of a long list) and draws them with a template: `<ng-template let-value>…</ng-template>`.
 */
@Component({
  selector: 'app-picker',
  imports: [NgTemplateOutlet, Icon, ReachEnd],
  templateUrl: './picker.html',
  styleUrl: './picker.css',
})
export class Picker<T> {
  readonly label = input.required<string>();
  readonly placeholder = input('');
  readonly options = input.required<readonly PickerOption<T>[]>();
  readonly selected = input<string>();
  readonly loading = input(false);
  readonly hasMore = input(false);
  readonly nothing = input('Nothing matches.');
  readonly searched = output<string>();
  readonly more = output();
  readonly pick = output<T>();

  protected readonly id = `picker-${++count}`;
  protected readonly template = contentChild.required<TemplateRef<{ $implicit: T }>>(TemplateRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly active = linkedSignal<readonly PickerOption<T>[], number>({
    source: this.options,
    computation: (options, before) => {
      if (before && options.length > before.source.length && options[0]?.id === before.source[0]?.id)
        return before.value;
      return Math.max(
        0,
        options.findIndex((option) => option.id === this.selected()),
      );
    },
  });
  protected readonly activeId = computed(() => (this.options().length ? `${this.id}-${this.active()}` : null));

  protected move(event: Event, by: number): void {
    event.preventDefault();
    const last = this.options().length - 1;
    this.active.update((at) => Math.min(last, Math.max(0, at + by)));
    this.host.querySelector(`#${this.id}-${this.active()}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected choose(at = this.active()): void {
    const option = this.options()[at];
    if (option) this.pick.emit(option.value);
  }
}
