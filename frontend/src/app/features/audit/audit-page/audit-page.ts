import { Component, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';
import { client } from '@yudai/sdk';
import { Viewport } from '../../../core/viewport/viewport';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { LongList } from '../../../ui/long-list/long-list';
import { PageHeader } from '../../../ui/page-header/page-header';
import { SidePanel } from '../../../ui/side-panel/side-panel';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { type AuditFilter, auditQuery, isFiltered, noFilter } from '../audit-filter';
import { AuditRow } from '../entry/audit-row';
import { EntryDetail } from '../entry/entry-detail';
import { AuditFilters, type FilterChange } from '../filters/audit-filters';
import { TrailLine } from '../trail/trail-line';
import { entryOf, indexOf, rowAt } from '../trail/trail';
import { TrailStore } from '../trail/trail.store';
import { Verification } from '../verification/verification';
import { VerificationStore } from '../verification/verification.store';

/** Who did what: the trail, its filters, one entry of it, and the proof that it is as it was written. */
@Component({
  selector: 'app-audit-page',
  imports: [
    MatButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    AuditFilters,
    AuditRow,
    EmptyState,
    EntryDetail,
    ErrorState,
    Icon,
    LongList,
    PageHeader,
    SidePanel,
    Skeleton,
    TrailLine,
    Verification,
  ],
  providers: [TrailStore, VerificationStore],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
  host: { '(document:keydown.escape)': 'escape($event)' },
})
export class AuditPage {
  /** From the address: the filter, and the number of the entry that is open. */
  readonly q = input<string>();
  readonly actor = input<string>();
  readonly action = input<string>();
  readonly target = input<string>();
  readonly result = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly entry = input<string>();

  private readonly router = inject(Router);
  private readonly list = viewChild(LongList);
  protected readonly trail = inject(TrailStore);
  protected readonly verification = inject(VerificationStore);
  /** Rows are two lines high where five columns do not fit. */
  protected readonly narrow = inject(Viewport).narrow;
  protected readonly rowHeight = computed(() => (this.narrow() ? 56 : 36));

  protected readonly filter = computed<AuditFilter>(
    () => ({
      q: this.q() ?? '',
      actor: this.actor() ?? '',
      action: this.action() ?? '',
      target: this.target() ?? '',
      result: this.result() ?? '',
      from: this.from() ?? '',
      to: this.to() ?? '',
    }),
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly filtered = computed(() => isFiltered(this.filter()));
  protected readonly seq = computed(() => (/^[1-9]\d{0,14}$/.test(this.entry() ?? '') ? Number(this.entry()) : 0));
  protected readonly listed = computed(() => entryOf(this.trail.trail(), this.seq()));
  protected readonly selected = computed(() => (this.seq() ? indexOf(this.trail.trail(), this.seq()) : undefined));
  protected readonly wholeExport = client.buildUrl({ url: '/api/audit/export', query: { format: 'ndjson' } });

  constructor() {
    effect(() => {
      const filter = this.filter();
      untracked(() => this.trail.show(filter));
    });
    // An entry that was linked to is brought into sight.
    effect(() => {
      const [index, list] = [this.selected(), this.list()];
      const { start, end } = untracked(this.trail.wanted);
      if (index !== undefined && (index < start || index >= end)) untracked(() => list?.goTo(index));
    });
  }

  protected row(index: number): ReturnType<typeof rowAt> {
    return rowAt(this.trail.trail(), index);
  }

  /** The number that belongs into a row; only the whole trail has one for each. */
  protected numberOf(index: number): number | undefined {
    const { whole, newest } = this.trail.trail();
    const row = this.row(index);
    return whole ? newest - index : row === 'missing' ? undefined : row?.seq;
  }

  protected change(change: FilterChange): void {
    this.go({ ...change, entry: null });
  }

  protected showAll(): void {
    this.change(noFilter);
  }

  protected choose(index: number): void {
    const number = this.numberOf(index);
    if (number) this.show(number);
  }

  /** While an entry is open, it is the one where the keyboard is. */
  protected follow(index: number): void {
    const number = this.numberOf(index);
    if (this.seq() && number) this.go({ entry: number }, true);
  }

  protected show(entry: number): void {
    this.go({ entry });
  }

  protected close(): void {
    this.go({ entry: null });
    this.list()?.focus();
  }

  protected escape(event: Event): void {
    if (!this.seq() || event.defaultPrevented) return;
    this.close();
  }

  /** The whole trail is scrolled there; what a filter leaves begins there. */
  protected async goToTime(to: string): Promise<void> {
    if (this.filtered()) {
      this.change({ to });
      return;
    }
    const index = await this.trail.indexBefore(to);
    if (index !== undefined) this.list()?.goTo(index);
    this.list()?.focus();
  }

  /** The download's address: the browser streams it to the disk, however long it is. */
  protected exportUrl(format: 'ndjson' | 'csv'): string {
    return client.buildUrl({ url: '/api/audit/export', query: { ...auditQuery(this.filter()), format } });
  }

  private go(queryParams: Record<string, string | number | null>, replaceUrl = false): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl });
  }
}
