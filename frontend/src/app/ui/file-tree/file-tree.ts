import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { Icon } from '../icon/icon';
import { showInvisible } from '../text/invisible';
import { type TreeFile, type TreeRow, ancestors, buildTree, visibleRows } from './tree';

const rowHeight = 28;

/** Files in their folders, for ten thousand files as for ten. Arrow keys walk, open and close; Enter opens a file. */
@Component({
  selector: 'app-file-tree',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, Icon],
  templateUrl: './file-tree.html',
  styleUrl: './file-tree.css',
})
export class FileTree {
  readonly files = input.required<readonly TreeFile[]>();
  readonly selected = input('');
  readonly label = input('Files');
  readonly choose = output<string>();

  protected readonly rowHeight = rowHeight;
  protected readonly shown = showInvisible;
  private readonly tree = computed(() => buildTree(this.files()));
  /** Folders start closed, but for the way to the selected file and a single top folder. */
  private readonly openFolders = linkedSignal<readonly [string, number], ReadonlySet<string>>({
    source: () => [this.selected(), this.files().length] as const,
    computation: ([selected], before) => new Set([...(before?.value ?? this.onlyFolder()), ...ancestors(selected)]),
  });
  protected readonly rows = computed(() => visibleRows(this.tree(), this.openFolders()));
  protected readonly active = linkedSignal<string, string>({
    source: this.selected,
    computation: (selected) => selected || (this.rows()[0]?.path ?? ''),
  });
  protected readonly focusable = computed(() => {
    const rows = this.rows();
    return rows.some((row) => row.path === this.active()) ? this.active() : rows[0]?.path;
  });

  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  protected click(row: TreeRow): void {
    this.active.set(row.path);
    if (row.folder) this.toggle(row.path, !row.open);
    else this.choose.emit(row.path);
  }

  protected key(event: KeyboardEvent, row: TreeRow): void {
    const rows = this.rows();
    const at = rows.indexOf(row);
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.focus(rows[at + 1]),
      ArrowUp: () => this.focus(rows[at - 1]),
      Home: () => this.focus(rows[0]),
      End: () => this.focus(rows.at(-1)),
      ArrowRight: () => (row.folder && !row.open ? this.toggle(row.path, true) : this.focus(rows[at + 1])),
      ArrowLeft: () => (row.open ? this.toggle(row.path, false) : this.focus(this.parentOf(row))),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  private parentOf(row: TreeRow): TreeRow | undefined {
    const parent = ancestors(row.path).at(-1);
    return this.rows().find((each) => each.path === parent);
  }

  private focus(row: TreeRow | undefined): void {
    if (!row) return;
    this.active.set(row.path);
    const index = this.rows().indexOf(row);
    const viewport = this.viewport();
    const { start, end } = viewport.getRenderedRange();
    if (index < start || index >= end) viewport.scrollToIndex(index);
    afterNextRender(
      { read: () => this.host.querySelector<HTMLElement>('[tabindex="0"][role=treeitem]')?.focus() },
      { injector: this.injector },
    );
  }

  private toggle(path: string, open: boolean): void {
    this.openFolders.update((before) => {
      const after = new Set(before);
      if (open) after.add(path);
      else after.delete(path);
      return after;
    });
  }

  private onlyFolder(): string[] {
    const { folders, files } = this.tree();
    return folders.size === 1 && files.length === 0 ? [...folders.keys()] : [];
  }
}
