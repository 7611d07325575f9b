import { signalStore } from '@ngrx/signals';
import { type AuditEntry, listAuditEntries } from '@yudai/sdk';
import { withPages } from '../../../core/paged/with-pages';

/** One entry, found by its number: linked to, or not among those that are loaded. Empty when there is none. */
export const LinkedEntryStore = signalStore(
  withPages<AuditEntry, number>(async (seq, _, on) => {
    const { data } = await listAuditEntries({ query: { before: seq + 1, limit: 1 }, ...on });
    return { data: { items: data.items.filter((entry) => entry.seq === seq), nextCursor: null } };
  }),
);
