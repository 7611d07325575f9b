/** What is wrong with the form or the size of a request, before any of our code is asked about it. */
export type SizeProblem = 'url' | 'headers' | 'depth' | 'utf8' | 'charset' | 'unreadable' | 'slow';

export interface SizeCause {
  readonly status: number;
  readonly detail: string;
}

const CAUSES: Readonly<Record<SizeProblem, SizeCause>> = {
  url: { status: 414, detail: 'The address is longer than this server reads.' },
  headers: { status: 431, detail: 'The headers are more, or larger, than this server reads.' },
  depth: { status: 400, detail: 'The JSON of the request body is nested too deeply.' },
  utf8: { status: 400, detail: 'The request body is not valid UTF-8.' },
  charset: { status: 415, detail: 'The request body must be in UTF-8.' },
  unreadable: { status: 400, detail: 'The request is not valid HTTP.' },
  slow: { status: 408, detail: 'The request did not come in time.' },
};

/** Recognised by its type: body-parser wraps what its callers throw, and gives it a status of its own. */
const TYPE = 'yudai.';

export const sizeError = (problem: SizeProblem): Error =>
  Object.assign(new Error(CAUSES[problem].detail), { type: `${TYPE}${problem}`, status: CAUSES[problem].status });

/** Status and sentence, if the error was made by `sizeError`. */
export function sizeCause({ type }: { readonly type?: unknown }): SizeCause | undefined {
  if (typeof type !== 'string' || !type.startsWith(TYPE)) return undefined;
  return CAUSES[type.slice(TYPE.length) as SizeProblem];
}
