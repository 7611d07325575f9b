import {
  Component,
  computed,
  debounced,
  effect,
  inject,
  linkedSignal,
  resource,
  signal,
  untracked,
} from '@angular/core';
import { MatDialogRef } from '@angular/material/dialog';
import { Icon } from '../icon/icon';
import { type Command, Palette } from './palette';

const most = 50;

/** Type, choose with the arrows, Enter: everything that can be done or opened from here. */
@Component({
  selector: 'app-command-palette',
  imports: [Icon],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.css',
})
export class CommandPalette {
  private readonly palette = inject(Palette);
  private readonly dialog = inject<MatDialogRef<CommandPalette>>(MatDialogRef);

  protected readonly query = signal('');
  private readonly settled = debounced(this.query, 80);
  protected readonly found = resource({
    params: () => ({ query: this.settled.value(), sources: this.palette.sources() }),
    loader: async ({ params }) => {
      const lists = await Promise.allSettled(params.sources.map(async (source) => source(params.query.trim())));
      return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : [])).slice(0, most);
    },
  });
  /** What was found last stays on screen while the next is looked for. */
  private readonly kept = linkedSignal<readonly Command[] | undefined, readonly Command[]>({
    source: () => (this.found.hasValue() ? this.found.value() : undefined),
    computation: (now, before) => now ?? before?.value ?? [],
  });
  protected readonly groups = computed(() => [...Map.groupBy(this.kept(), (command) => command.group)]);
  private readonly flat = computed(() => this.groups().flatMap(([, commands]) => commands));
  protected readonly active = linkedSignal<readonly Command[], string | undefined>({
    source: this.flat,
    computation: (commands) => commands[0]?.id,
  });

  /** What is on screen is not yet what was typed. */
  private readonly stale = computed(() => this.query() !== this.settled.value() || this.found.isLoading());
  /** Enter was pressed before that: the first of what comes is meant. */
  private readonly waiting = signal(false);

  constructor() {
    effect(() => {
      if (!this.waiting() || this.stale()) return;
      untracked(() => {
        this.waiting.set(false);
        this.choose();
      });
    });
  }

  protected type(query: string): void {
    this.waiting.set(false);
    this.query.set(query);
  }

  protected enter(): void {
    if (this.stale()) this.waiting.set(true);
    else this.choose();
  }

  protected move(event: Event, by: 1 | -1): void {
    event.preventDefault();
    const list = this.flat();
    const at = list.findIndex((command) => command.id === this.active());
    const next = list[(at + by + list.length) % list.length];
    this.active.set(next?.id);
    document.getElementById(`command-${next?.id}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected choose(command = this.flat().find((each) => each.id === this.active())): void {
    if (!command) return;
    this.dialog.afterClosed().subscribe(() => command.run());
    this.dialog.close();
  }
}
