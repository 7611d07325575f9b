import { signalStore } from '@ngrx/signals';
import { type SearchResult, searchSession } from '@yudai/sdk';
import { withPages } from '../../../../core/paged/with-pages';

export interface CodeQuery {
  readonly sessionId: string;
  readonly query: string;
  readonly includeTests: boolean;
  /** What there is to search: the commit, or before there is one how far its index is. With another the answer is, too. */
  readonly searched: string | undefined;
}

/** The longest text the server searches for. */
const longest = 20_000;
const mostFiles = 50;

/** What of the branch's code a text is about, best first. */
export const SearchStore = signalStore(
  withPages<SearchResult, CodeQuery>(async ({ sessionId, query, includeTests }, _, on) => {
    const body = { query: query.slice(0, longest), limit: mostFiles, includeTests };
    const { data } = await searchSession({ path: { id: sessionId }, body, ...on });
    return { data: { items: [data], nextCursor: null } };
  }),
);
