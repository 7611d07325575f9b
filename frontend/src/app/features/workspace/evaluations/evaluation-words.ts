import type { EvaluatedFix, Evaluation } from '@yudai/sdk';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const ordinal = new Intl.PluralRules('en', { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** 0–1 as "57%". */
export const share = (value: number): string => percent.format(value);

/** "1 fix", "12 fixes". */
export const fixes = (count: number): string => `${count} ${count === 1 ? 'fix' : 'fixes'}`;

/** Where a file stood among what was found: "1st"; in words where it did not. */
export function placeWords(place: number | null, asked: boolean): string {
  if (!asked) return 'not asked yet';
  return place === null ? 'not among the first 50' : `${place}${endings[ordinal.select(place)] ?? 'th'}`;
}

/** How far one is that has not come to its end. */
export function standing({ status, casesTotal, casesDone }: Evaluation): string {
  if (status === 'queued') return 'Waiting for a worker';
  if (casesTotal === 0) return 'Looking for merged fixes and reading their issues';
  if (casesDone === 0) return `Reading the commit before ${casesTotal === 1 ? 'the fix' : `all ${fixes(casesTotal)}`}`;
  return `${casesDone} of ${fixes(casesTotal)} asked`;
}

/** Why one failed and what to do, in a sentence each. */
export function failure({ error }: Evaluation): { readonly title: string; readonly text: string } {
  if (error?.code === 'evaluations.no-fixes')
    return {
      title: 'There is nothing to measure with yet',
      text: `${error.detail} Such a commit begins with “fix”, or closes an issue (“fixes #12”). Measure again when the branch has some.`,
    };
  return { title: 'The measurement failed', text: error?.detail ?? 'Start it again.' };
}

/** What the numbers cannot say, as far as this evaluation goes. */
export function caveats({ scores, snapshotCommit }: Evaluation): readonly string[] {
  const { all = null, issue = null, commit = null } = scores ?? {};
  if (!all) return [];
  return [
    `With ${fixes(all.cases)}, a figure may be ${points(all.cases)} off by chance: small differences mean nothing.`,
    ...(issue
      ? []
      : ['No fix names an issue whose text could be read: how well issues are understood was not measured.']),
    ...(commit
      ? [
          'Messages of commits were written by somebody who knew the answer: they are counted apart, and only the issues’ line says what you would see.',
        ]
      : []),
    `Measured at ${snapshotCommit?.slice(0, 7) ?? 'one commit'}, before all of these fixes; what was renamed since, and fixes of more than four files, do not count. Texts of issues may have been edited after the fix.`,
  ];
}

/** Two standard errors of a share of a half: what chance does to so many tries. */
const points = (cases: number): string => `${Math.min(50, Math.round(100 / Math.sqrt(cases)))} points`;

/** What stands for a fix: its issue, or the commit itself. */
export const sourceWords = ({ source, number, commit }: EvaluatedFix): string =>
  source === 'issue' && number !== null ? `Issue #${number}` : `Commit ${commit.slice(0, 7)}`;
