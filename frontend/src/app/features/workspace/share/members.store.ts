import { inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { type Member, type Person, addMember, findPeople, listMembers, removeMember, updateMember } from '@yudai/sdk';
import { type Observable, concatMap, pipe, switchMap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { withPages } from '../../../core/paged/with-pages';
import { problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';

type Role = 'editor' | 'viewer';

/** Who shares a session, and who might. */
export const MembersStore = signalStore(
  withPages<Member, string>((id, cursor, on) => listMembers({ path: { id }, query: cursor ? { cursor } : {}, ...on })),
  withState<{ readonly people: readonly Person[]; readonly searching: boolean }>({ people: [], searching: false }),
  withMethods((store, toasts = inject(Toasts)) => {
    const sessionId = (): string => store.query() ?? '';
    const tell = (error: unknown): void => {
      const { title, detail } = problemOf(error);
      toasts.fail(`${title}. ${detail}`);
    };
    const put = (member: Member): void =>
      store.change((members) => [...members.filter(({ userId }) => userId !== member.userId), member]);
    const kept = (answer: Observable<Member>) => answer.pipe(tapResponse({ next: put, error: tell }));
    return {
      find: rxMethod<string>(
        pipe(
          switchMap((query) => {
            patchState(store, { searching: true });
            return fetched((on) => findPeople({ query: { query }, ...on })).pipe(
              tapResponse({
                next: ({ items }) => patchState(store, { people: items, searching: false }),
                error: (error) => {
                  patchState(store, { searching: false });
                  tell(error);
                },
              }),
            );
          }),
        ),
      ),
      add: rxMethod<{ userId: string; role: Role }>(
        concatMap((body) => kept(fetched((on) => addMember({ path: { id: sessionId() }, body, ...on })))),
      ),
      changeRole: rxMethod<{ userId: string; role: Role }>(
        concatMap(({ userId, role }) =>
          kept(fetched((on) => updateMember({ path: { id: sessionId(), userId }, body: { role }, ...on }))),
        ),
      ),
      remove: rxMethod<string>(
        concatMap((userId) =>
          fetched((on) => removeMember({ path: { id: sessionId(), userId }, ...on })).pipe(
            tapResponse({
              next: () => store.change((members) => members.filter((each) => each.userId !== userId)),
              error: tell,
            }),
          ),
        ),
      ),
    };
  }),
);
