import { computed, inject } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { signalStore, withComputed, withMethods } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import {
  type Card,
  type CreateCard,
  type UpdateCard,
  createAttachment,
  createCard,
  deleteCard,
  listCards,
  updateCard,
} from '@yudai/sdk';
import { type Observable, concatMap, switchMap } from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { withPages } from '../../../core/paged/with-pages';
import { problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';
import { PromptStore } from './prompt.store';

const pageSize = 200;

/** What makes the same card again: where it came from, or what it said. */
export function recipe({ path, startLine, endLine, commit, title, content }: Card): CreateCard {
  return path && startLine && endLine && commit ? { path, startLine, endLine, commit, title } : { title, content };
}

/** Pinned cards come first; otherwise the order of the server stays. */
export const pinnedFirst = (cards: readonly Card[]): Card[] =>
  [...cards].sort((a, b) => Number(b.pinned) - Number(a.pinned));

/** The cards of one session. What the server nearly always agrees with is shown at once. */
export const CardsStore = signalStore(
  withPages<Card, string>((id, cursor, on) =>
    listCards({ path: { id }, query: { limit: pageSize, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
  withComputed(({ items }) => ({ cards: computed(() => pinnedFirst(items())) })),
  withMethods((store, toasts = inject(Toasts), prompt = inject(PromptStore)) => {
    const id = (): string => store.query() ?? '';
    const refused = (error: unknown): void => {
      const { title, detail } = problemOf(error);
      toasts.fail(`${title}. ${detail}`);
      store.reload();
    };
    const added = (card: Card): void => {
      store.change((cards) => [card, ...cards.filter((each) => each.id !== card.id)]);
      prompt.measureAgain();
      toasts.show(`“${card.title}” is in the context now`);
    };
    const make = (body: CreateCard): Observable<Card> =>
      fetched((on) => createCard({ path: { id: id() }, body, ...on }));
    const replace = (cardId: string, changes: Partial<Card>): void =>
      store.change((cards) => cards.map((each) => (each.id === cardId ? { ...each, ...changes } : each)));
    const add = rxMethod<CreateCard>(
      concatMap((body) => make(body).pipe(tapResponse({ next: added, error: refused }))),
    );
    return {
      add,
      upload: rxMethod<File>(
        concatMap((file) =>
          fetched((on) => createAttachment({ path: { id: id() }, body: { file }, ...on })).pipe(
            switchMap((attachment) => make({ attachmentId: attachment.id })),
            tapResponse({ next: added, error: refused }),
          ),
        ),
      ),
      edit: rxMethod<{ card: Card; changes: UpdateCard }>(
        concatMap(({ card, changes }) => {
          replace(card.id, changes);
          return fetched((on) => updateCard({ path: { id: id(), cardId: card.id }, body: changes, ...on })).pipe(
            tapResponse({
              next: (saved) => {
                replace(saved.id, saved);
                prompt.measureAgain();
              },
              error: refused,
            }),
          );
        }),
      ),
      remove: rxMethod<Card>(
        concatMap((card) => {
          store.change((cards) => cards.filter((each) => each.id !== card.id));
          return fetched((on) => deleteCard({ path: { id: id(), cardId: card.id }, ...on })).pipe(
            tapResponse({
              next: () => {
                prompt.measureAgain();
                toasts.show(`Deleted the card “${card.title}”`, { label: 'Undo', run: () => add(recipe(card)) });
              },
              error: refused,
            }),
          );
        }),
      ),
    };
  }),
);
