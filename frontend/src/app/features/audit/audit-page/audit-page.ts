import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Router } from '@angular/router';
import { type AuditEntry, client } from '@yudai/sdk';
import { Viewport } from '../../../core/viewport/viewport';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { ListKeys } from '../../../ui/list-keys/list-keys';
import { PageHeader } from '../../../ui/page-header/page-header';
import { SidePanel } from '../../../ui/side-panel/side-panel';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { type AuditFilter, auditQuery, isFiltered } from '../audit-filter';
import { AuditStore, LinkedEntryStore } from '../audit.store';
import { AuditRow } from '../entry/audit-row';
import { EntryDetail } from '../entry/entry-detail';
import { AuditFilters, type FilterChange } from '../filters/audit-filters';
import { VerificationStore } from '../verification.store';
import { VerificationNote } from '../verification/verification-note';

/** From this many rows before the end on, the next page is asked for. */
const ahead = 40;

/** Who did what: the trail, its filters, one entry of it, and the proof that it is as it was written. */
@Component({
  selector: 'app-audit-page',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
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
    ListKeys,
    PageHeader,
    SidePanel,
    Skeleton,
    VerificationNote,
  ],
  providers: [AuditStore, LinkedEntryStore, VerificationStore],
  templateUrl: './audit-page.html',
  styleUrl: './audit-page.css',
  host: { '(document:keydown.escape)': 'escape($event)' },
})
export class AuditPage {
  /** From the address: the filter, and the entry that is open with the moment it was written. */
  readonly q = input<string>();
  readonly actor = input<string>();
  readonly action = input<string>();
  readonly target = input<string>();
  readonly result = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  readonly entry = input<string>();
  readonly at = input<string>();

  private readonly router = inject(Router);
  private readonly linked = inject(LinkedEntryStore);
  protected readonly trail = inject(AuditStore);
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
  protected readonly seq = computed(() => Number(this.entry()) || 0);
  protected readonly opened = computed<AuditEntry | undefined>(() => {
    const seq = this.seq();
    const entries = seq ? [...this.trail.items(), ...this.linked.items()] : [];
    return entries.find((entry) => entry.seq === seq);
  });

  constructor() {
    effect(() => {
      const filter = this.filter();
      untracked(() => this.trail.show(filter));
    });
    effect(() => {
      const [seq, at] = [this.seq(), Date.parse(this.at() ?? '')];
      if (seq && !Number.isNaN(at) && !untracked(this.opened)) this.linked.show({ seq, at });
    });
  }

  protected change(change: FilterChange): void {
    this.go({ ...change, entry: null, at: null });
  }

  protected open({ seq, at }: AuditEntry): void {
    this.go({ entry: seq, at });
  }

  protected close(): void {
    this.go({ entry: null, at: null });
  }

  protected escape(event: Event): void {
    if (!this.seq() || event.defaultPrevented) return;
    this.close();
  }

  protected near(row: number): void {
    if (row >= this.trail.items().length - ahead && this.trail.hasMore()) this.trail.more();
  }

  /** The download's address: the browser streams it to the disk, however long it is. */
  protected exportUrl(format: 'ndjson' | 'csv'): string {
    return client.buildUrl({ url: '/api/audit/export', query: { ...auditQuery(this.filter()), format } });
  }

  protected bySeq(_: number, { seq }: AuditEntry): number {
    return seq;
  }

  private go(queryParams: Record<string, string | number | null>): void {
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}
