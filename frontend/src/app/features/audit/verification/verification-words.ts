import type { AuditVerification } from '@yudai/sdk';
import { absoluteTime } from '../../../ui/relative-time/relative';

const number = new Intl.NumberFormat('en');
const entries = (count: number): string => `${number.format(count)} ${count === 1 ? 'entry' : 'entries'}`;

const reasons: Record<NonNullable<AuditVerification['reason']>, string> = {
  missing: 'an entry is missing there',
  cut: 'the end of the trail was cut off there',
  link: 'it does not follow from the entry before it',
  content: 'its content is not what was sealed',
  head: 'it was put on by hand, or the note of the last entry was changed',
  anchor: 'it does not fit the seal that was kept outside of the database',
  checkpoint: 'the place where older months were archived was made by hand',
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
    case 'missing':
      return 'No seal outside of the database confirms it, so a rewrite of the whole trail, or a cut end, would not show.';
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

const lost = 'What was cut off is in the forwarded copy, if there is one, and in the backups made since.';

/** What a verification has found, in words: what it is, what it rests on, what to do. */
export function verdictOf({ intact, checked, firstBroken, reason, anchor }: AuditVerification): Verdict {
  const seal = anchorInWords(anchor);
  if (intact)
    return { tone: 'good', title: 'The trail is intact', text: `${entries(checked)} checked. ${seal}`, advice: [] };
  if (firstBroken === undefined && reason === undefined) {
    const text = `${entries(checked)} checked, and each follows from the one before. ${seal}`;
    return { tone: 'warning', title: 'This cannot be confirmed: the seal is missing', text, advice: unsealed };
  }
  const where = firstBroken === undefined ? '' : ` at entry ${number.format(firstBroken)}`;
  const why = reason ? `: ${reasons[reason]}` : '';
  const sound = checked === 1 ? '1 entry before it is as it was' : `${entries(checked)} before it are as they were`;
  return {
    tone: 'danger',
    title: `The trail is broken${where}${why}`,
    text: `${sound} written. ${seal}`,
    advice: reason === 'cut' ? [...broken, lost] : broken,
  };
}
