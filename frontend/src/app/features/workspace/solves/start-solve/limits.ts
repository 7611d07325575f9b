import type { StartSolve } from '@yudai/sdk';

type Limits = NonNullable<StartSolve['limits']>;
export type LimitName = keyof Limits;

interface LimitField {
  readonly name: LimitName;
  readonly label: string;
  readonly whole: boolean;
  readonly least: number;
}

/** What a person may bound a solve by. */
export const limitFields: readonly LimitField[] = [
  { name: 'steps', label: 'Steps', whole: true, least: 1 },
  { name: 'minutes', label: 'Minutes', whole: true, least: 1 },
  { name: 'costUsd', label: 'US dollars', whole: false, least: 0 },
];

/** The limits that were written; what makes no sense is named, an empty field is no limit of one's own. */
export function limitsOf(written: Readonly<Record<LimitName, string>>): {
  readonly values: Limits;
  readonly wrong: readonly LimitName[];
  readonly valid: boolean;
} {
  const values: Limits = {};
  const wrong: LimitName[] = [];
  for (const { name, whole, least } of limitFields) {
    const text = written[name].trim();
    if (!text) continue;
    const value = Number(text);
    if (Number.isFinite(value) && value >= least && (!whole || Number.isInteger(value))) values[name] = value;
    else wrong.push(name);
  }
  return { values, wrong, valid: wrong.length === 0 };
}
