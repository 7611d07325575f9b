import { signalStore } from '@ngrx/signals';
import { type Limit, listLimits } from '@yudai/sdk';
import { withPages } from '../../../core/paged/with-pages';

/** What a person may use, and how much of it is used. */
export const LimitsStore = signalStore(
  withPages<Limit, 'mine'>(async (_, _cursor, on) => {
    const { data } = await listLimits(on);
    return { data: { items: data.items, nextCursor: null } };
  }),
);
