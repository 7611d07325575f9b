import { computed } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { listAuditEntries } from '@yudai/sdk';
import { Subject, auditTime, filter, finalize, firstValueFrom, mergeMap, pipe, takeUntil, tap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { type Problem, problemOf } from '../../../core/problem/problem';
import type { RowRange } from '../../../ui/long-list/long-list-strategy';
import { type AuditFilter, auditQuery, isFiltered } from '../audit-filter';
import { type Trail, emptyTrail, indexOf, pageSize, pagesOf, placeOf, withPage } from './trail';

interface TrailState {
  readonly filter: AuditFilter | undefined;
  readonly trail: Trail;
  readonly wanted: RowRange;
  readonly status: 'loading' | 'loaded' | { readonly problem: Problem };
}

/** A page of what a filter leaves; the same filter asked for again is another one. */
interface Wish {
  readonly filter: AuditFilter;
  readonly page: number;
}

const beginning: RowRange = { start: 0, end: 1 };
const initial: TrailState = { filter: undefined, trail: emptyTrail(true), wanted: beginning, status: 'loading' };
/** Milliseconds between two looks at what is scrolled past. */
const glance = 80;
const atOnce = 3;

/** The trail, newest first: pages come as they are scrolled to, and are forgotten when they are far away. */
export const TrailStore = signalStore(
  withState(initial),
  withComputed(({ trail, status, wanted }) => ({
    problem: computed(() => {
      const now = status();
      return typeof now === 'object' ? now.problem : undefined;
    }),
    isEmpty: computed(() => trail().counted && trail().length === 0),
    firstLoad: computed(() => status() === 'loading' && trail().length === 0),
    wantedPages: computed(() => pagesOf(trail(), wanted())),
  })),
  withMethods((store) => {
    const moved = new Subject<void>();
    const underWay = new Set<Wish>();
    const isUnderWay = ({ filter: of, page }: Wish): boolean =>
      [...underWay].some((wish) => wish.filter === of && wish.page === page);
    const isWanted = ({ filter: of, page }: Wish): boolean =>
      store.filter() === of && store.wantedPages().includes(page);

    const load = rxMethod<Wish>(
      pipe(
        filter((wish) => !isUnderWay(wish)),
        tap((wish) => underWay.add(wish)),
        mergeMap((wish) => {
          const query = { ...auditQuery(wish.filter), ...placeOf(store.trail(), wish.page), limit: pageSize };
          return fetched((on) => listAuditEntries({ query, ...on })).pipe(
            takeUntil(moved.pipe(filter(() => !isWanted(wish)))),
            tapResponse({
              next: (answer) => {
                patchState(store, { trail: withPage(store.trail(), wish.page, answer), status: 'loaded' });
                moved.next();
              },
              error: (error) => patchState(store, { status: { problem: problemOf(error) } }),
            }),
            finalize(() => underWay.delete(wish)),
          );
        }, atOnce),
      ),
    );
    const loadMissing = (): void => {
      const of = store.filter();
      if (of === undefined || store.problem()) return;
      const { pages } = store.trail();
      for (const page of store.wantedPages()) if (!pages.has(page)) load({ filter: of, page });
    };
    rxMethod<unknown>(pipe(auditTime(glance), tap(loadMissing)))(moved);

    return {
      /** From the newest entry there is now. */
      show(asked: AuditFilter): void {
        const of = { ...asked };
        const trail = emptyTrail(!isFiltered(of));
        patchState(store, { filter: of, trail, wanted: beginning, status: 'loading' });
        moved.next();
        load({ filter: of, page: 0 });
      },
      /** These rows are seen, or about to be. */
      want(wanted: RowRange): void {
        patchState(store, { wanted });
        moved.next();
      },
      /** In which row the newest entry before a time stands; the last row when there is none. */
      async indexBefore(to: string): Promise<number | undefined> {
        try {
          const { items } = await firstValueFrom(fetched((on) => listAuditEntries({ query: { to, limit: 1 }, ...on })));
          const { length } = store.trail();
          return length ? (indexOf(store.trail(), items[0]?.seq ?? 0) ?? length - 1) : undefined;
        } catch (error) {
          patchState(store, { status: { problem: problemOf(error) } });
          return undefined;
        }
      },
      retry(): void {
        patchState(store, { status: 'loading' });
        loadMissing();
      },
    };
  }),
);
