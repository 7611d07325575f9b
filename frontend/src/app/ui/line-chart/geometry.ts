/** The chart's own measures, in units of its view box. */
export const box = { width: 400, height: 200, left: 40, right: 12, top: 10, bottom: 160, counts: 176 } as const;

/** More labels than these would run into each other. */
const mostLabels = 5;

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly at: number;
}

/** In the middle of its place among so many. */
export function xOf(at: number, of: number): number {
  const width = box.width - box.left - box.right;
  return round(box.left + (width * (at + 0.5)) / of);
}

/** 0 is the lower edge of the field, 1 the upper one. */
export const yOf = (value: number): number => round(box.bottom - (box.bottom - box.top) * value);

/** Where the values are; nothing for those that are missing. */
export const spotsOf = (values: readonly (number | null)[]): readonly Spot[] =>
  values.flatMap((value, at) => (value === null ? [] : [{ x: xOf(at, values.length), y: yOf(value), at }]));

/** A line through neighbours; over what is missing it is broken. */
export function pathOf(values: readonly (number | null)[]): string {
  const spots = spotsOf(values);
  return spots.map(({ x, y, at }, index) => `${spots[index - 1]?.at === at - 1 ? 'L' : 'M'}${x} ${y}`).join('');
}

/** Which of so many places are named: the first, the last, and some between. */
export function labelled(of: number): readonly number[] {
  const step = Math.max(1, Math.ceil((of - 1) / (mostLabels - 1)));
  return Array.from({ length: of }, (_, at) => at).filter((at) => at % step === 0);
}

const round = (value: number): number => Math.round(value * 10) / 10;
