import { signalStore } from '@ngrx/signals';
import { type AdminUsage, getUsage } from '@yudai/sdk';
import { withPages } from '../../../core/paged/with-pages';

/** A time span in ISO 8601; without an end it lasts until now. */
export interface Period {
  readonly from: string;
  readonly to: string | undefined;
}

/** What was used in a period, by whom and for what. */
export const UsageStore = signalStore(
  withPages<AdminUsage, Period>(async ({ from, to }, _, on) => {
    const { data } = await getUsage({ query: { from, ...(to ? { to } : {}) }, ...on });
    return { data: { items: [data], nextCursor: null } };
  }),
);
