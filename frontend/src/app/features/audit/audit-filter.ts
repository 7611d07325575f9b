/** What of the trail is shown, as it stands in the address. */
export interface AuditFilter {
  readonly q: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly result: string;
  /** Times in ISO 8601. */
  readonly from: string;
  readonly to: string;
}

const results = ['ok', 'denied', 'error'] as const;
type Result = (typeof results)[number];

/** The longest text the server takes in a filter. */
export const longest = 200;

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** The filter as the server is asked; what makes no sense in the address is left out rather than refused. */
export function auditQuery({ q, actor, action, target, result, from, to }: AuditFilter): {
  query?: string;
  actor?: string;
  action?: string;
  target?: string;
  result?: Result;
  from?: string;
  to?: string;
} {
  const known = results.find((each) => each === result);
  return {
    ...(q ? { query: q.slice(0, longest) } : {}),
    ...(actor ? { actor: actor.slice(0, longest) } : {}),
    ...(action ? { action: action.slice(0, longest) } : {}),
    ...(target ? { target: target.slice(0, longest) } : {}),
    ...(known ? { result: known } : {}),
    ...(isTime(from) ? { from: new Date(from).toISOString() } : {}),
    ...(isTime(to) ? { to: new Date(to).toISOString() } : {}),
  };
}

/** Every parameter of the address taken out. */
export const noFilter: Readonly<Record<keyof AuditFilter, null>> = {
  q: null,
  actor: null,
  action: null,
  target: null,
  result: null,
  from: null,
  to: null,
};

export const isFiltered = (filter: AuditFilter): boolean => Object.keys(auditQuery(filter)).length > 0;

const two = (number: number): string => String(number).padStart(2, '0');

/** A time of the address as the browser's own field wants it, in the reader's time zone; empty when it is none. */
export function localTime(iso: string): string {
  if (!isTime(iso)) return '';
  const at = new Date(iso);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** And back: what the field says, in ISO 8601; nothing when it was emptied. */
export const isoTime = (local: string): string | null => (isTime(local) ? new Date(local).toISOString() : null);
