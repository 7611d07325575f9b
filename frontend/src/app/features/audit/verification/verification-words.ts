import type { AuditVerification } from '@yudai/sdk';
import { absoluteTime } from '../../../ui/relative-time/relative';

const number = new Intl.NumberFormat('en');
const entries = (count: number): string => `${number.format(count)} ${count === 1 ? 'entry' : 'entries'}`;

const reasons: Record<NonNullable<AuditVerification['reason']>, string> = {
  missing: 'an entry is missing there',
  link: 'it does not follow from the entry before it',
  content: 'its content is not what was sealed',
  head: 'entries at the end are missing, or were put on by hand',
  anchor: 'it does not fit the seal that was kept outside of the database',
};

/** What the seal outside of the database says about the trail. */
function anchorInWords({ state, seq, at }: AuditVerification['anchor']): string {
  const sealed = at ? `, sealed ${absoluteTime(Date.parse(at))}` : '';
  switch (state) {
    case 'match':
      return `It fits the newest seal kept outside of the database (entry ${seq}${sealed}).`;
    case 'mismatch':
      return `It does not fit the newest seal kept outside of the database (entry ${seq}${sealed}).`;
    case 'unreached':
      return `The newest seal kept outside of the database (entry ${seq}${sealed}) lies behind the break.`;
    case 'none':
      return 'No seal outside of the database was found, so a rewrite of the whole trail, or a cut end, would not show.';
  }
}

/** The result of a verification. */
export interface Verdict {
  readonly tone: 'good' | 'warning' | 'danger';
  readonly title: string;
  /** What it rests on. */
  readonly text: string;
  /** What to do now; nothing when all is well. */
  readonly advice: readonly string[];
}

const unsealed = [
  'Compare the newest lines “audit anchor” of the server’s log with the hashes here.',
  'See that the worker runs and can write to its data folder: it keeps a seal every minute.',
];

const broken = [
  'Take the trail along now, as it is, before anything else is changed.',
  'Compare it with the forwarded copy, the server’s log or a backup around this entry.',
  'Find out who could write to the database since the last sound entry, and take that access away.',
];

/** What a verification has found, in words: what it is, what it rests on, what to do. */
export function verdictOf({ intact, checked, firstBroken, reason, anchor }: AuditVerification): Verdict {
  const seal = anchorInWords(anchor);
  if (intact) {
    const sealed = anchor.state === 'match';
    return {
      tone: sealed ? 'good' : 'warning',
      title: sealed ? 'The trail is intact' : 'No break was found, but there is no seal to compare with',
      text: `${entries(checked)} checked. ${seal}`,
      advice: sealed ? [] : unsealed,
    };
  }
  const cut = firstBroken !== undefined && firstBroken > checked && (reason === 'missing' || reason === 'anchor');
  const where =
    firstBroken === undefined ? 'The trail is broken' : `The trail is broken at entry ${number.format(firstBroken)}`;
  const why = reason ? `: ${reasons[reason]}` : '';
  return {
    tone: 'danger',
    title: cut && anchor.state === 'unreached' ? `${where}: what was there is gone` : `${where}${why}`,
    text: `${entries(checked)} before it ${checked === 1 ? 'is' : 'are'} as ${checked === 1 ? 'it was' : 'they were'} written. ${seal}`,
    advice: broken,
  };
}
