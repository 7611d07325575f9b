import { DOCUMENT, Service, inject, signal } from '@angular/core';
import { Kept } from '../kept/kept';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'theme';

/** The colours of the page: the system's, or the ones chosen here. public/theme.js applies them before the first paint. */
@Service()
export class Theme {
  private readonly kept = inject(Kept);
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly current = signal<ThemeChoice>(this.recall());
  readonly choice = this.current.asReadonly();

  choose(choice: ThemeChoice): void {
    this.current.set(choice);
    this.kept.write(key, choice === 'system' ? '' : choice);
    if (choice === 'system') delete this.root.dataset['theme'];
    else this.root.dataset['theme'] = choice;
  }

  private recall(): ThemeChoice {
    const kept = this.kept.read(key);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  }
}
