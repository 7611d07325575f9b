import { type Signal, computed, inject } from '@angular/core';
import { Actions, ofType } from '@ngrx/effects';
import { patchState, signalStore, withComputed, withHooks, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { Store } from '@ngrx/store';
import type { Issue } from '@yudai/sdk';
import { asyncScheduler, debounceTime, pipe, tap } from 'rxjs';
import type { Problem } from '../../../../core/problem/problem';
import { issuesApiActions } from '../../../../state/issues/issues-api.actions';
import { issuesPageActions } from '../../../../state/issues/issues-page.actions';
import { issuesFeature } from '../../../../state/issues/issues.feature';
import { type Edits, changesTo, wordsOf, writtenSince } from './words';

/** Milliseconds without a key after which the words are saved. */
const calm = 800;

/** How the words on screen stand to those on the server. */
export type SaveState = 'saved' | 'unsaved' | 'saving' | 'untitled' | 'overtaken' | 'failed';

interface DraftState {
  readonly issueId: string;
  readonly edits: Edits;
  /** The revision the edits were made on; nothing while there are none. */
  readonly base: number | undefined;
  readonly sent: Edits | undefined;
  /** Somebody else's edit came first: nothing is saved before the person has chosen. */
  readonly overtaken: boolean;
  readonly problem: Problem | undefined;
}

const initial: DraftState = {
  issueId: '',
  edits: {},
  base: undefined,
  sent: undefined,
  overtaken: false,
  problem: undefined,
};

/** What a person has written in one draft and the server does not have yet. The draft itself is in the store. */
export const DraftStore = signalStore(
  withState(initial),
  withComputed(({ issueId, edits, sent, overtaken, problem }, issues = inject(Store)) => {
    const entities = issues.selectSignal(issuesFeature.selectEntities);
    const issue = computed<Issue | undefined>(() => entities()[issueId()]);
    const changes = computed<Edits>(() => {
      const draft = issue();
      return draft ? changesTo(draft, edits()) : {};
    });
    const dirty = computed(() => Object.keys(changes()).length > 0);
    return {
      issue,
      changes,
      words: computed(() => {
        const draft = issue();
        return draft && wordsOf(draft, edits());
      }),
      saveState: computed<SaveState>(() => {
        if (overtaken()) return 'overtaken';
        if (sent()) return 'saving';
        if (!dirty()) return 'saved';
        if (edits().title === '') return 'untitled';
        return problem() ? 'failed' : 'unsaved';
      }),
    };
  }),
  withMethods((store, issues = inject(Store)) => {
    const save = (): void => {
      const state = store.saveState();
      if (state !== 'unsaved' && state !== 'failed') return;
      const sent = store.changes();
      patchState(store, { sent, problem: undefined });
      const changes = { ...sent, revision: store.base() };
      issues.dispatch(issuesPageActions.saveAsked({ issueId: store.issueId(), changes }));
    };
    /** Nobody will be here to answer: the last words go after those that are on their way. */
    const saveLast = (): void => {
      const sent = store.sent();
      if (!sent) {
        save();
        return;
      }
      const changes = writtenSince(store.edits(), sent);
      if (Object.keys(changes).length > 0)
        issues.dispatch(issuesPageActions.saveAsked({ issueId: store.issueId(), changes }));
    };
    const saveSoon = rxMethod<null>(pipe(debounceTime(calm, asyncScheduler), tap(save)));
    /** Another draft takes the place of this one, whose last words are saved first. */
    const begin = rxMethod<string>(
      tap((issueId) => {
        saveLast();
        patchState(store, { ...initial, issueId });
      }),
    );
    return {
      save,
      saveLast,
      saveSoon: () => saveSoon(null),
      open: (issueId: Signal<string>) => begin(issueId),
      edit(changes: Edits): void {
        const draft = store.issue();
        if (!draft) return;
        patchState(store, ({ edits, base, sent }) => {
          const all = { ...edits, ...changes };
          // While words are on their way, going back to the old ones is a change, too.
          const kept = sent ? all : changesTo(draft, all);
          return { edits: kept, base: Object.keys(kept).length > 0 ? (base ?? draft.revision) : undefined };
        });
        saveSoon(null);
      },
      /** The person's own words win over the other edit. */
      keepMine(): void {
        patchState(store, { overtaken: false, base: store.issue()?.revision });
        save();
      },
      /** What was written here and is not saved is given up. */
      dropMine(): void {
        patchState(store, { edits: {}, base: undefined, overtaken: false, problem: undefined });
      },
    };
  }),
  withHooks((store, actions$ = inject(Actions), issues = inject(Store)) => ({
    onInit(): void {
      rxMethod<ReturnType<typeof issuesApiActions.saved>>(
        tap(({ issue }) => {
          if (issue.id !== store.issueId()) return;
          const edits = writtenSince(store.edits(), store.sent() ?? {});
          const left = Object.keys(edits).length > 0;
          patchState(store, { edits, sent: undefined, base: left ? issue.revision : undefined });
          if (left) store.saveSoon();
        }),
      )(actions$.pipe(ofType(issuesApiActions.saved)));
      rxMethod<ReturnType<typeof issuesApiActions.saveFailed>>(
        tap(({ issueId, problem }) => {
          if (issueId !== store.issueId()) return;
          const overtaken = problem.code === 'issues.stale';
          patchState(store, { sent: undefined, overtaken, problem: overtaken ? undefined : problem });
          if (overtaken) issues.dispatch(issuesPageActions.opened({ issueId }));
        }),
      )(actions$.pipe(ofType(issuesApiActions.saveFailed)));
    },
    onDestroy: () => store.saveLast(),
  })),
);
