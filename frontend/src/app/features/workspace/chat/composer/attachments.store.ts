import { computed } from '@angular/core';
import { tapResponse } from '@ngrx/operators';
import { patchState, signalStore, withComputed, withMethods, withState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { createAttachment } from '@yudai/sdk';
import { mergeMap, tap, pipe } from 'rxjs';
import { fetched } from '../../../../core/api/fetched';
import { type Problem, problemOf } from '../../../../core/problem/problem';

/** A file on its way to the message being written. */
export interface Attached {
  readonly key: string;
  readonly name: string;
  /** The server's id once it has the file. */
  readonly id: string | undefined;
  readonly problem: Problem | undefined;
}

const atOnce = 2;

/** Files for the message being written. */
export const AttachmentsStore = signalStore(
  withState<{ readonly files: readonly Attached[] }>({ files: [] }),
  withComputed(({ files }) => ({
    ids: computed(() => files().flatMap(({ id }) => (id ? [id] : []))),
    uploading: computed(() => files().some(({ id, problem }) => !id && !problem)),
    failed: computed(() => files().some(({ problem }) => problem !== undefined)),
  })),
  withMethods((store) => {
    const change = (key: string, changes: Partial<Attached>): void =>
      patchState(store, ({ files }) => ({
        files: files.map((each) => (each.key === key ? { ...each, ...changes } : each)),
      }));
    const send = rxMethod<{ sessionId: string; key: string; file: File }>(
      pipe(
        tap(({ key, file: { name } }) =>
          patchState(store, ({ files }) => ({ files: [...files, { key, name, id: undefined, problem: undefined }] })),
        ),
        mergeMap(
          ({ sessionId, key, file }) =>
            fetched((on) => createAttachment({ path: { id: sessionId }, body: { file }, ...on })).pipe(
              tapResponse({
                next: ({ id }) => change(key, { id }),
                error: (error) => change(key, { problem: problemOf(error) }),
              }),
            ),
          atOnce,
        ),
      ),
    );
    return {
      add(sessionId: string, files: Iterable<File>): void {
        for (const file of files) send({ sessionId, key: crypto.randomUUID(), file });
      },
      remove(key: string): void {
        patchState(store, ({ files }) => ({ files: files.filter((each) => each.key !== key) }));
      },
      clear(): void {
        patchState(store, { files: [] });
      },
    };
  }),
);
