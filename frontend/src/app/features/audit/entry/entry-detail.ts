import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import type { AuditEntry } from '@yudai/sdk';
import { CopyButton } from '../../../ui/copy-button/copy-button';
import { Icon } from '../../../ui/icon/icon';
import { absoluteTime } from '../../../ui/relative-time/relative';
import type { FilterChange } from '../filters/audit-filters';
import { actorOf, targetOf, viaInWords } from './entry-words';

/** Everything an entry holds, and the ways from it to those like it. */
@Component({
  selector: 'app-entry-detail',
  imports: [MatButton, MatIconButton, CopyButton, Icon],
  templateUrl: './entry-detail.html',
  styleUrl: './entry-detail.css',
})
export class EntryDetail {
  readonly entry = input.required<AuditEntry>();
  readonly leave = output();
  readonly filter = output<FilterChange>();

  protected readonly actor = computed(() => actorOf(this.entry()));
  protected readonly target = computed(() => targetOf(this.entry()));
  protected readonly via = computed(() => viaInWords(this.entry()));
  protected readonly at = computed(() => absoluteTime(Date.parse(this.entry().at)));
  protected readonly details = computed(() => JSON.stringify(this.entry().details, null, 2));
  protected readonly hasDetails = computed(() => Object.keys(this.entry().details).length > 0);
  protected readonly facts = computed(() => {
    const { actor, repository, reason, ip, userAgent } = this.entry();
    const facts: readonly (readonly [string, string | null | undefined])[] = [
      ['Role', actor.role],
      ['Repository', repository],
      ['Reason', reason],
      ['Address', ip],
      ['Program', userAgent],
    ];
    return facts.filter((fact): fact is readonly [string, string] => !!fact[1]);
  });
}
