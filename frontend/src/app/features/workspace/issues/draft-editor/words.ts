import type { Issue } from '@yudai/sdk';

/** What a person writes in a draft. */
export type Words = Pick<Issue, 'title' | 'body' | 'labels' | 'assignees' | 'acceptance'>;
export type Edits = Readonly<Partial<Words>>;

/** What each part is called in sentences. */
const names: Record<keyof Words, string> = {
  title: 'the title',
  body: 'the text',
  labels: 'the labels',
  assignees: 'the assignees',
  acceptance: 'the acceptance list',
};
const parts = Object.keys(names) as (keyof Words)[];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The words of a draft with what was written since. */
export const wordsOf = ({ title, body, labels, assignees, acceptance }: Words, edits: Edits = {}): Words => ({
  ...{ title, body, labels, assignees, acceptance },
  ...edits,
});

/** The parts of `edits` for which `keep` holds. */
const those = (edits: Edits, keep: (part: keyof Words) => boolean): Edits =>
  Object.fromEntries(Object.entries(edits).filter(([part]) => keep(part as keyof Words)));

/** What says something else than the draft does. */
export const changesTo = (words: Words, edits: Edits): Edits => those(edits, (part) => !same(edits[part], words[part]));

/** What was written after `sent` had left. */
export const writtenSince = (edits: Edits, sent: Edits): Edits => those(edits, (part) => edits[part] !== sent[part]);

/** "the title and the text": which parts two people have written. */
export function partsInWords(edits: Edits): string {
  const list = parts.filter((part) => part in edits).map((part) => names[part]);
  return list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${list.at(-1)}` : (list[0] ?? '');
}
