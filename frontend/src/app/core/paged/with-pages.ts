import { computed } from '@angular/core';
import { patchState, signalStoreFeature, withComputed, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tapResponse } from '@ngrx/operators';
import { exhaustMap, filter, map, pipe, switchMap, tap } from 'rxjs';
import { type CallOptions, fetched } from '../api/fetched';
import { type Problem, problemOf } from '../problem/problem';

/** A page of any list of the API. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Where a list stands. What was loaded stays on screen while more, or another query, is on its way. */
export interface PagesState<Item, Query> {
  readonly query: Query | undefined;
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly status: 'idle' | 'loading' | 'loadingMore' | 'loaded' | { readonly problem: Problem };
}

type Load<Item, Query> = (query: Query, cursor: string | undefined, on: CallOptions) => Promise<{ data: Page<Item> }>;

/**
 * A paged list for a page's own store: `show` starts a query (a newer one wins), `more` loads the next page, `reload`
 * asks the same again, `change` puts an answer of the server in without asking.
 */
export function withPages<Item, Query>(load: Load<Item, Query>) {
  const initial: PagesState<Item, Query> = { query: undefined, items: [], nextCursor: null, status: 'idle' };
  return signalStoreFeature(
    withState(initial),
    withComputed(({ items, status, nextCursor }) => ({
      problem: computed(() => {
        const now = status();
        return typeof now === 'object' ? now.problem : undefined;
      }),
      isEmpty: computed(() => status() === 'loaded' && items().length === 0),
      firstLoad: computed(() => items().length === 0 && (status() === 'loading' || status() === 'idle')),
      hasMore: computed(() => nextCursor() !== null),
    })),
    withMethods((store) => {
      const fail = (error: unknown): void => patchState(store, { status: { problem: problemOf(error) } });
      const show = rxMethod<Query>(
        pipe(
          tap((query) => patchState(store, { query, status: 'loading' })),
          switchMap((query) =>
            fetched((on) => load(query, undefined, on)).pipe(
              tapResponse({
                next: ({ items, nextCursor }) => patchState(store, { items, nextCursor, status: 'loaded' }),
                error: fail,
              }),
            ),
          ),
        ),
      );
      const more = rxMethod<null>(
        pipe(
          map(() => ({ query: store.query(), cursor: store.nextCursor() })),
          filter((at): at is { query: Query; cursor: string } => at.cursor !== null && at.query !== undefined),
          filter(() => store.status() !== 'loading'),
          exhaustMap(({ query, cursor }) => {
            patchState(store, { status: 'loadingMore' });
            return fetched((on) => load(query, cursor, on)).pipe(
              // Another query may have been shown meanwhile: its items are not these.
              filter(() => store.query() === query),
              tapResponse({
                next: ({ items, nextCursor }) =>
                  patchState(store, (state) => ({
                    items: [...state.items, ...items],
                    nextCursor,
                    status: 'loaded' as const,
                  })),
                error: fail,
              }),
            );
          }),
        ),
      );
      return {
        show,
        more: () => more(null),
        reload(): void {
          const query = store.query();
          if (query !== undefined) show(query);
        },
        change(items: (before: readonly Item[]) => readonly Item[]): void {
          patchState(store, (state) => ({ items: items(state.items) }));
        },
      };
    }),
  );
}
