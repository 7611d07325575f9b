import { Component, DOCUMENT, ElementRef, computed, inject, input, linkedSignal, model } from '@angular/core';

const step = 16;

/**
 * A panel at the right edge whose width the reader sets (pointer or arrow keys) and finds again next time.
 * Under 900 px of window it is a sheet over the page instead, and the handle is gone.
 */
@Component({
  selector: 'app-side-panel',
  template: `
    <div
      class="handle"
      role="separator"
      aria-orientation="vertical"
      tabindex="0"
      [attr.aria-label]="'Width of the ' + label()"
      [attr.aria-valuemin]="min()"
      [attr.aria-valuemax]="max()"
      [attr.aria-valuenow]="width()"
      (pointerdown)="grab($event)"
      (keydown)="nudge($event)"
    ></div>
    <ng-content />
  `,
  host: { role: 'complementary', '[attr.aria-label]': 'label()', '[style.--panel-width]': 'width() + "px"' },
  styleUrl: './side-panel.css',
})
export class SidePanel {
  readonly label = input.required<string>();
  /** Under which name the width is remembered in this browser. */
  readonly remember = input.required<string>();
  readonly min = input(360);
  readonly max = input(480);
  /** A wider panel than the remembered one, while it shows something wide. */
  readonly wide = model(false);

  private readonly document = inject(DOCUMENT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly chosen = linkedSignal(() => this.recall());
  readonly width = computed(() => (this.wide() ? Math.max(this.max(), this.chosen()) : this.chosen()));

  protected grab(event: PointerEvent): void {
    event.preventDefault();
    const right = this.host.getBoundingClientRect().right;
    const move = (to: PointerEvent): void => this.resize(right - to.clientX);
    const stop = new AbortController();
    this.document.addEventListener('pointermove', move, { signal: stop.signal });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      this.document.addEventListener(end, () => stop.abort(), { signal: stop.signal });
    }
  }

  protected nudge(event: KeyboardEvent): void {
    const by: Record<string, number> = { ArrowLeft: step, ArrowRight: -step, Home: -Infinity, End: Infinity };
    const change = by[event.key];
    if (change === undefined) return;
    event.preventDefault();
    this.resize(this.chosen() + change);
  }

  private resize(width: number): void {
    this.chosen.set(this.clamp(width));
    try {
      localStorage.setItem(this.key(), String(this.chosen()));
    } catch {
      // A browser that keeps nothing only forgets the width.
    }
  }

  private recall(): number {
    try {
      return this.clamp(Number(localStorage.getItem(this.key())) || 400);
    } catch {
      return this.clamp(400);
    }
  }

  private clamp(width: number): number {
    return Math.round(Math.min(this.max(), Math.max(this.min(), width)));
  }

  private key(): string {
    return `yudai.panel.${this.remember()}`;
  }
}
