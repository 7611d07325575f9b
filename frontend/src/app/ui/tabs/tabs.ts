import { Component, ElementRef, computed, inject, input, output } from '@angular/core';

/** One tab: what stands in the URL, what the reader sees, and an optional count. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
}

/**
 * A row of tabs over a panel with the id `panelId`. Arrow keys move, Home and End jump; the owner keeps the choice
 * (usually in the URL).
 */
@Component({
  selector: 'app-tabs',
  template: `
    @for (tab of tabs(); track tab.id) {
      <button
        type="button"
        role="tab"
        [id]="panelId() + '-tab-' + tab.id"
        [attr.aria-selected]="tab.id === selected()"
        [attr.aria-controls]="panelId()"
        [tabindex]="tab.id === current() ? 0 : -1"
        (click)="choose.emit(tab.id)"
        (keydown)="move($event)"
      >
        {{ tab.label }}
        @if (tab.count) {
          <span class="count">{{ tab.count }}</span>
        }
      </button>
    }
  `,
  host: { role: 'tablist', '[attr.aria-label]': 'label()' },
  styleUrl: './tabs.css',
})
export class Tabs {
  readonly tabs = input.required<readonly Tab[]>();
  readonly selected = input.required<string>();
  readonly label = input.required<string>();
  readonly panelId = input.required<string>();
  readonly choose = output<string>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** One tab stays in the tab order even when the URL names a tab that does not exist. */
  protected readonly current = computed(() => {
    const known = this.tabs().some((tab) => tab.id === this.selected());
    return known ? this.selected() : this.tabs()[0]?.id;
  });

  protected move(event: KeyboardEvent): void {
    const buttons = [...this.host.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = buttons.indexOf(event.target as HTMLElement);
    const last = buttons.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
    buttons[to]?.click();
  }
}
