import { Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Icon } from '../../../ui/icon/icon';
import { SearchField } from '../../../ui/search-field/search-field';
import { type AuditFilter, isFiltered, isoTime, localTime, longest, noFilter } from '../audit-filter';

/** Changes of the filter, as parameters of the address: null takes one out. */
export type FilterChange = Partial<Record<keyof AuditFilter, string | null>>;

/** What happens often enough to be offered; anything else can be typed. */
const actions = [
  'login.create',
  'login.end',
  'login.refused',
  'token.create',
  'token.delete',
  'user.update',
  'session.create',
  'session.delete',
  'index.request',
  'message.send',
  'issue.draft',
  'issue.publish',
  'solve.start',
  'solve.cancel',
  'pull-request.open',
  'audit.export',
];

/** The fields that narrow the trail down; on a small screen they open on demand. */
@Component({
  selector: 'app-audit-filters',
  imports: [MatButton, Icon, SearchField],
  templateUrl: './audit-filters.html',
  styleUrl: './audit-filters.css',
})
export class AuditFilters {
  readonly filter = input.required<AuditFilter>();
  readonly changed = output<FilterChange>();

  protected readonly actions = actions;
  protected readonly longest = longest;
  protected readonly open = signal(false);
  protected readonly filtered = computed(() => isFiltered(this.filter()));
  protected readonly fromTime = computed(() => localTime(this.filter().from));
  protected readonly toTime = computed(() => localTime(this.filter().to));
  protected readonly count = computed(() => {
    const { actor, action, target, result, from, to } = this.filter();
    return [actor, action, target, result, from, to].filter(Boolean).length;
  });

  protected set(name: keyof AuditFilter, value: string): void {
    this.changed.emit({ [name]: value.trim() || null });
  }

  protected setTime(name: 'from' | 'to', local: string): void {
    this.changed.emit({ [name]: isoTime(local) });
  }

  protected clear(): void {
    this.changed.emit(noFilter);
  }
}
