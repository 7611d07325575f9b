import type { AuditVerification } from '@yudai/sdk';
import { absoluteTime } from '../../../ui/relative-time/relative';

const number = new Intl.NumberFormat('en');

const reasons: Record<NonNullable<AuditVerification['reason']>, string> = {
  missing: 'an entry is missing there',
  link: 'it does not follow from the entry before it',
  content: 'its content is not what was sealed',
  head: 'entries at the end are missing',
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
      return 'No seal has been kept outside of the database yet, so a rewrite of the whole trail would not show.';
  }
}

/** The result of a verification, as a heading and what it rests on. */
export function verificationInWords({ intact, checked, firstBroken, reason, anchor }: AuditVerification): {
  readonly title: string;
  readonly text: string;
} {
  const count = `${number.format(checked)} ${checked === 1 ? 'entry' : 'entries'}`;
  if (intact) return { title: 'The trail is intact', text: `${count} checked. ${anchorInWords(anchor)}` };
  const where = firstBroken === undefined ? 'The trail is broken' : `The trail is broken at entry ${firstBroken}`;
  const why = reason ? `: ${reasons[reason]}` : '';
  return { title: `${where}${why}`, text: `${count} before it are as they were written. ${anchorInWords(anchor)}` };
}
