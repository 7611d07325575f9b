import { Service, inject, signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { IconName } from '../icon/icons';

/** Something the palette can do or go to. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** A second line of thought: the repository of a session, the path of a file. */
  readonly hint?: string;
  readonly group: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** Gives commands for what was typed; called again whenever that changes. */
export type CommandSource = (query: string) => readonly Command[] | Promise<readonly Command[]>;

/** The registry behind the palette: pages and the shell put their sources in, and take them out again. */
@Service()
export class Palette {
  private readonly dialog = inject(MatDialog);
  private readonly all = signal<readonly CommandSource[]>([]);
  readonly sources = this.all.asReadonly();

  /** Returns the function that takes the source away again. */
  add(source: CommandSource): () => void {
    this.all.update((sources) => [...sources, source]);
    return () => this.all.update((sources) => sources.filter((each) => each !== source));
  }

  async open(): Promise<void> {
    if (this.dialog.getDialogById('palette')) return;
    const { CommandPalette } = await import('./command-palette');
    this.dialog.open(CommandPalette, {
      id: 'palette',
      width: '560px',
      position: { top: '12vh' },
      ariaLabel: 'Command palette',
      autoFocus: 'input',
    });
  }
}

/** Whether every word of the query stands in the text, in any order; an empty query matches all. */
export function matches(query: string, text: string): boolean {
  const hay = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}
