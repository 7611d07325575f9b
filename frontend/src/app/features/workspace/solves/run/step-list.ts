import { Component, DestroyRef, ElementRef, afterRenderEffect, computed, inject, input, output } from '@angular/core';
import { duration } from '../../../../ui/relative-time/relative';
import { Icon } from '../../../../ui/icon/icon';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { showInvisible } from '../../../../ui/text/invisible';
import type { Step } from './run';

/** The first line says what a command does; the rest is read in the terminal. */
const headOf = (command: string): string => showInvisible(command.trim().split('\n')[0] ?? '');

/** The agent's commands, one row each, with how they ended. */
@Component({
  selector: 'app-step-list',
  imports: [Icon, ListKeys],
  template: `
    <ol appListKeys aria-label="Steps">
      @for (row of rows(); track row.n) {
        <li>
          <button
            type="button"
            data-row
            [class.failed]="row.failed"
            [attr.aria-current]="row.n === selected() ? 'step' : null"
            (click)="choose.emit(row.n)"
          >
            <span class="n">{{ row.n }}</span>
            <code class="truncate">{{ row.head }}</code>
            @if (row.running) {
              <app-icon class="busy" name="wait" /><span class="visually-hidden">running</span>
            } @else {
              @if (row.failed) {
                <span class="exit">exit {{ row.exitCode }}</span>
              }
              <span class="took">{{ row.took }}</span>
            }
          </button>
        </li>
      }
    </ol>
  `,
  styleUrl: './step-list.css',
})
export class StepList {
  readonly steps = input.required<readonly Step[]>();
  readonly selected = input<number>();
  readonly live = input(false);
  readonly choose = output<number>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly rows = computed(() => {
    const last = this.steps().length - 1;
    return this.steps().map(({ n, command, result }, at) => ({
      n,
      head: headOf(command),
      running: !result && this.live() && at === last,
      failed: result !== undefined && result.exitCode !== 0,
      exitCode: result?.exitCode,
      took: result ? tookInWords(result.durationMs) : '',
    }));
  });

  constructor() {
    afterRenderEffect({
      read: () => {
        this.selected();
        this.show();
      },
    });
    // What stands above can grow and leave less room: the chosen step stays in sight.
    const watching = new ResizeObserver(() => this.show());
    watching.observe(this.host.parentElement ?? this.host);
    inject(DestroyRef).onDestroy(() => watching.disconnect());
  }

  private show(): void {
    this.host.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }
}

/** "0.3 s", "12 s", "3 min". */
export const tookInWords = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : duration(Math.round(ms / 1000));
