import {
  Component,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  viewChildren,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { Icon } from '../icon/icon';
import { useShortcuts } from '../shortcuts/shortcuts';
import { showInvisible } from '../text/invisible';
import { DiffFileView } from './diff-file';
import { parseDiff } from './parse-diff';

/** More rows than this in one file start folded: a lock file should not stand in the way. */
const foldedFrom = 2000;

/** A unified diff, file by file. `n` and `p` go from change to change. */
@Component({
  selector: 'app-diff-view',
  imports: [MatButton, MatIconButton, Icon, DiffFileView],
  templateUrl: './diff-view.html',
  styleUrl: './diff-view.css',
})
export class DiffView {
  /** What `git diff` prints. */
  readonly patch = input.required<string>();

  protected readonly wrap = signal(false);
  protected readonly files = computed(() => parseDiff(showInvisible(this.patch())));
  protected readonly folded = linkedSignal(
    () => new Set(this.files().filter((file) => file.insertions + file.deletions > foldedFrom)),
  );
  protected readonly insertions = computed(() => this.files().reduce((sum, file) => sum + file.insertions, 0));
  protected readonly deletions = computed(() => this.files().reduce((sum, file) => sum + file.deletions, 0));
  protected readonly anyOpen = computed(() => this.folded().size < this.files().length);

  private readonly injector = inject(Injector);
  private readonly views = viewChildren(DiffFileView);
  private readonly hunks = computed(() =>
    this.files().flatMap((file, at) => file.hunks.map((_, hunk) => ({ at, file, hunk }))),
  );
  private current = -1;

  constructor() {
    useShortcuts([
      { keys: 'n', label: 'Next change', group: 'Diff', run: () => this.step(1) },
      { keys: 'p', label: 'Previous change', group: 'Diff', run: () => this.step(-1) },
    ]);
  }

  protected fold(file: ReturnType<typeof parseDiff>[number], open: boolean): void {
    this.folded.update((before) => {
      const after = new Set(before);
      if (open) after.delete(file);
      else after.add(file);
      return after;
    });
  }

  protected foldAll(): void {
    this.folded.set(this.anyOpen() ? new Set(this.files()) : new Set());
  }

  protected step(by: 1 | -1): void {
    const hunks = this.hunks();
    this.current = Math.min(hunks.length - 1, Math.max(0, this.current + by));
    const target = hunks[this.current];
    if (!target) return;
    this.fold(target.file, true);
    afterNextRender({ read: () => this.views()[target.at]?.reveal(target.hunk) }, { injector: this.injector });
  }
}
