import { signalStore } from '@ngrx/signals';
import { type AuditEntry, listAuditEntries } from '@yudai/sdk';
import { withPages } from '../../core/paged/with-pages';
import { type AuditFilter, auditQuery } from './audit-filter';

const limit = 100;

/** The trail, newest first, page by page as it is scrolled. */
export const AuditStore = signalStore(
  withPages<AuditEntry, AuditFilter>((filter, cursor, on) =>
    listAuditEntries({ query: { ...auditQuery(filter), limit, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
);

/** One entry that was linked to, found by its number and the moment it was written. */
export const LinkedEntryStore = signalStore(
  withPages<AuditEntry, { readonly seq: number; readonly at: number }>(async ({ seq, at }, _, on) => {
    const [from, to] = [new Date(at).toISOString(), new Date(at + 1).toISOString()];
    const { data } = await listAuditEntries({ query: { from, to, limit: 200 }, ...on });
    return { data: { items: data.items.filter((entry) => entry.seq === seq), nextCursor: null } };
  }),
);
