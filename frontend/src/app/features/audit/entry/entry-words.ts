import type { AuditEntry } from '@yudai/sdk';

/** Who did it: a login, or what acts without one. */
export const actorOf = ({ actor }: AuditEntry): string => actor.login ?? actor.id ?? actor.type;

/** What it was done to: its kind and its name. */
export const targetOf = ({ target }: AuditEntry): string => `${target.type} ${target.name ?? target.id ?? ''}`.trim();

const vias: Record<AuditEntry['via'], string> = {
  cookie: 'in the browser',
  token: 'with an API token',
  webhook: 'by a webhook',
  job: 'by a background job',
};

/** Which way it came in. */
export const viaInWords = ({ via }: AuditEntry): string => vias[via];
