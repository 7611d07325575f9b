import { computed, inject } from '@angular/core';
import { Actions, ofType } from '@ngrx/effects';
import { tapResponse } from '@ngrx/operators';
import { signalStore, withComputed, withHooks, withMethods } from '@ngrx/signals';
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
import {
  type Observable,
  asyncScheduler,
  catchError,
  concatMap,
  debounceTime,
  filter,
  of,
  pipe,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import { fetched } from '../../../core/api/fetched';
import { liveActions } from '../../../core/live/live.actions';
import { withPages } from '../../../core/paged/with-pages';
import { problemOf } from '../../../core/problem/problem';
import { Toasts } from '../../../ui/toast/toasts';
import { PromptStore } from './prompt.store';

const pageSize = 200;

/** Milliseconds in which several changes become one look. */
const calm = 300;

/** A card that was deleted, and where. */
interface Deleted {
  readonly card: Card;
  readonly sessionId: string;
}

/** What people choose about a card, whatever it was made of. */
const chosenOf = ({ title, description, pinned }: Card): CreateCard => ({
  ...{ title, pinned },
  ...(description ? { description } : {}),
});

const noteOf = (card: Card): CreateCard => ({ ...chosenOf(card), content: card.content });

/** What makes the same card again: where it came from, or what it said. A file's lines say what they said there. */
function recipe(card: Card): CreateCard {
  const { path, startLine, endLine, commit, attachmentId } = card;
  const isOfFile = path && startLine && endLine && commit;
  if (isOfFile) return { ...chosenOf(card), path, startLine, endLine, commit };
  return attachmentId ? { ...chosenOf(card), attachmentId } : noteOf(card);
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
    const make = (body: CreateCard, sessionId = id()): Observable<Card> =>
      fetched((on) => createCard({ path: { id: sessionId }, body, ...on }));
    /** The card as it was: remade from its source, then given the words that somebody had put there instead. */
    const remake = ({ card, sessionId }: Deleted): Observable<Card> =>
      make(recipe(card), sessionId).pipe(
        // Its commit is gone. What it said is kept all the same.
        catchError((error: unknown) =>
          card.path && problemOf(error).status === 404 ? make(noteOf(card), sessionId) : throwError(() => error),
        ),
        switchMap((made) => {
          if (made.content === card.content) return of(made);
          const body = { content: card.content };
          return fetched((on) => updateCard({ path: { id: sessionId, cardId: made.id }, body, ...on }));
        }),
      );
    const replace = (cardId: string, changes: Partial<Card>): void =>
      store.change((cards) => cards.map((each) => (each.id === cardId ? { ...each, ...changes } : each)));
    const add = rxMethod<CreateCard>(
      concatMap((body) => make(body).pipe(tapResponse({ next: added, error: refused }))),
    );
    const restore = rxMethod<Deleted>(
      concatMap((deleted) =>
        remake(deleted).pipe(
          tapResponse({
            next: (card) => {
              if (deleted.sessionId === id()) added(card);
            },
            error: refused,
          }),
        ),
      ),
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
          const sessionId = id();
          store.change((cards) => cards.filter((each) => each.id !== card.id));
          return fetched((on) => deleteCard({ path: { id: sessionId, cardId: card.id }, ...on })).pipe(
            tapResponse({
              next: () => {
                prompt.measureAgain();
                const undo = { label: 'Undo', run: () => restore({ card, sessionId }) };
                toasts.show(`Deleted the card “${card.title}”`, undo);
              },
              error: refused,
            }),
          );
        }),
      ),
    };
  }),
  withHooks((store, actions$ = inject(Actions)) => ({
    onInit(): void {
      const look = rxMethod<unknown>(pipe(debounceTime(calm, asyncScheduler), tap(store.reload)));
      look(
        actions$.pipe(
          ofType(liveActions.sessionChanged, liveActions.reconnected),
          filter((action) => !('sessionId' in action) || action.sessionId === store.query()),
        ),
      );
    },
  })),
);
