import { Component, computed, input } from '@angular/core';
import type { Message } from '@yudai/sdk';
import { Icon } from '../../../ui/icon/icon';

type LeftOut = NonNullable<Message['leftOut']>;

const names: Record<string, [string, string]> = {
  turn: ['earlier message', 'earlier messages'],
  condensation: ['condensed part', 'condensed parts'],
  card: ['card', 'cards'],
  attachment: ['upload', 'uploads'],
};

/** What an answer was written without, because its prompt had no room for it. */
@Component({
  selector: 'app-left-out-note',
  imports: [Icon],
  template: `<p [title]="titles()"><app-icon name="warning" /> {{ words() }}</p>`,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: var(--s2);
      margin-top: var(--s2);
      font-size: var(--text-12);
      color: var(--warning);
    }
    app-icon {
      flex: none;
      width: 14px;
      height: 14px;
    }
  `,
})
export class LeftOutNote {
  readonly leftOut = input.required<LeftOut>();

  protected readonly words = computed(() => {
    const all = this.leftOut();
    const question = all.some(({ kind }) => kind === 'question') ? ['only the beginning of the message was read'] : [];
    const said = (['omitted', 'shortened'] as const).flatMap((state) => {
      const counted = counts(all.filter((part) => part.state === state && part.kind !== 'question'));
      return counted ? [`${counted} ${state === 'omitted' ? 'left out' : 'shortened'}`] : [];
    });
    return `The prompt had no room for everything: ${[...question, ...said].join('; ')}.`;
  });
  protected readonly titles = computed(() =>
    this.leftOut()
      .map(({ title }) => title)
      .join('\n'),
  );
}

function counts(parts: LeftOut): string {
  const byKind = Map.groupBy(parts, ({ kind }) => kind);
  return [...byKind]
    .map(([kind, { length }]) => {
      const [one, many] = names[kind] ?? [kind, kind];
      return length === 1 ? `1 ${one}` : `${length} ${many}`;
    })
    .join(', ');
}
