import { Component, computed, effect, inject, input, output, untracked } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import type { AuditEntry } from '@yudai/sdk';
import { CopyButton } from '../../../ui/copy-button/copy-button';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { absoluteTime } from '../../../ui/relative-time/relative';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import type { FilterChange } from '../filters/audit-filters';
import { actorOf, targetOf, viaInWords } from './entry-words';
import { LinkedEntryStore } from './linked-entry.store';

/** What the first entry is sealed onto. */
const beforeAll = /^0+$/;

/** Everything an entry holds, the ones before and after it, and the ways from it to those like it. */
@Component({
  selector: 'app-entry-detail',
  imports: [MatButton, MatIconButton, CopyButton, EmptyState, ErrorState, Icon, Skeleton],
  providers: [LinkedEntryStore],
  templateUrl: './entry-detail.html',
  styleUrl: './entry-detail.css',
})
export class EntryDetail {
  readonly seq = input.required<number>();
  /** The entry, where the list has it; otherwise it is asked for by its number. */
  readonly listed = input<AuditEntry>();
  readonly leave = output();
  readonly filter = output<FilterChange>();
  /** Another entry, by its number. */
  readonly open = output<number>();

  protected readonly linked = inject(LinkedEntryStore);
  private readonly found = computed(() => {
    const [found] = this.linked.items();
    return found?.seq === this.seq() ? found : undefined;
  });
  protected readonly entry = computed(() => this.listed() ?? this.found());
  protected readonly isMissing = computed(
    () => !this.entry() && this.linked.query() === this.seq() && this.linked.status() === 'loaded',
  );

  protected readonly words = computed(() => {
    const entry = this.entry();
    return entry && { actor: actorOf(entry), target: targetOf(entry), via: viaInWords(entry) };
  });
  protected readonly link = computed(() => new URL(`/audit?entry=${this.seq()}`, location.origin).href);
  protected readonly json = computed(() => JSON.stringify(this.entry() ?? null, null, 2));
  protected readonly details = computed(() => {
    const details = this.entry()?.details ?? {};
    return Object.keys(details).length > 0 ? JSON.stringify(details, null, 2) : undefined;
  });
  protected readonly previous = computed(() => {
    const entry = this.entry();
    return entry && !beforeAll.test(entry.previousHash) ? entry.previousHash : undefined;
  });
  protected readonly facts = computed(() => {
    const entry = this.entry();
    if (!entry) return [];
    const { actor, target } = entry;
    const facts: readonly (readonly [string, string | null, boolean?])[] = [
      ['When', absoluteTime(Date.parse(entry.at))],
      ['In UTC', entry.at],
      ['Who', `${actor.login ?? actor.type}${actor.role ? `, ${actor.role} at the time` : ''}`],
      ['Their id', actor.id, true],
      ['Reason', entry.reason],
      ['Repository', entry.repository],
      ['Target', target.name ? `${target.type} ${target.name}` : target.type],
      ['Its id', target.id, true],
      ['Address', entry.ip],
      ['Program', entry.userAgent],
      ['Request', entry.requestId, true],
      ['Entry id', entry.id, true],
    ];
    return facts
      .filter((fact): fact is readonly [string, string, boolean?] => !!fact[1])
      .map(([label, text, copies = false]) => ({ label, text, copies }));
  });

  constructor() {
    effect(() => {
      const seq = this.seq();
      if (!this.listed()) untracked(() => this.linked.show(seq));
    });
  }
}
