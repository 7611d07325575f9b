import { Component, computed, input } from '@angular/core';
import type { Person, Spent } from '@yudai/sdk';
import { dollars } from '../../../core/limits/limit-words';
import { Avatar } from '../../../ui/avatar/avatar';

/** One line: what was used by somebody or for something. */
export interface UsageRow extends Spent {
  readonly name: string;
  readonly person?: Person;
}

const number = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** Who, or what for, used how much, and what share of everything that is. */
@Component({
  selector: 'app-usage-table',
  imports: [Avatar],
  template: `
    <table [attr.aria-label]="label()">
      <thead>
        <tr>
          <th scope="col">{{ of() }}</th>
          <th scope="col" class="number">Cost</th>
          <th scope="col" class="number">Tokens</th>
          <th scope="col" class="number optional">Share</th>
          <th scope="col" class="number optional">Calls</th>
          <th scope="col" class="number">Solves</th>
        </tr>
      </thead>
      <tbody>
        @for (row of shown(); track row.name) {
          <tr>
            <th scope="row">
              <span class="name">
                @if (row.person; as person) {
                  <app-avatar [login]="person.login" [url]="person.avatarUrl" [size]="20" />
                }
                {{ row.name }}
              </span>
            </th>
            <td class="number">{{ row.cost }}</td>
            <td class="number">{{ row.tokens }}</td>
            <td class="number optional">{{ row.share }}</td>
            <td class="number optional">{{ row.calls }}</td>
            <td class="number">{{ row.solves }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrls: ['./table.css', './usage-table.css'],
})
export class UsageTable {
  readonly label = input.required<string>();
  /** What the lines are of: the first column's name. */
  readonly of = input.required<string>();
  readonly rows = input.required<readonly UsageRow[]>();
  /** Tokens of all lines, and of those that are not among them. */
  readonly total = input.required<number>();

  protected readonly shown = computed(() =>
    this.rows().map(({ name, person, tokens, costUsd, calls, solves }) => ({
      name,
      person,
      cost: dollars(costUsd),
      tokens: number.format(tokens),
      share: percent.format(this.total() ? tokens / this.total() : 0),
      calls: number.format(calls),
      solves: number.format(solves),
    })),
  );
}
