import type { ServerEvent } from '@yudai/sdk';

/** What all events of a solve have; the other members depend on the type. */
export interface SolveEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An event of the stream as a solve's; nothing for one that is none. */
export function solveEvent({ event, data }: ServerEvent): SolveEvent | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = data as Record<string, unknown>;
  const { seq, at } = fields;
  return typeof seq === 'number' && typeof at === 'string' ? { seq, at, type: event, fields } : undefined;
}

export const textOf = ({ fields }: SolveEvent, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

export const numberOf = ({ fields }: SolveEvent, name: string): number => {
  const value = fields[name];
  return typeof value === 'number' ? value : 0;
};

export const listOf = ({ fields }: SolveEvent, name: string): readonly string[] => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};
