import { signalStore, withMethods, withState, patchState } from '@ngrx/signals';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tapResponse } from '@ngrx/operators';
import { type IssuePreview, previewIssue } from '@yudai/sdk';
import { pipe, switchMap, tap } from 'rxjs';
import { fetched } from '../../../../core/api/fetched';
import { type Problem, problemOf } from '../../../../core/problem/problem';

interface PreviewState {
  readonly preview: IssuePreview | undefined;
  readonly loading: boolean;
  readonly problem: Problem | undefined;
}

const initial: PreviewState = { preview: undefined, loading: true, problem: undefined };

/** Exactly what GitHub would receive, as the server composes it. */
export const PreviewStore = signalStore(
  withState(initial),
  withMethods((store) => ({
    /** Asks for the preview of an issue; what was shown stays until the answer is there. */
    load: rxMethod<string>(
      pipe(
        tap(() => patchState(store, { loading: true, problem: undefined })),
        switchMap((issueId) =>
          fetched((on) => previewIssue({ path: { issueId }, ...on })).pipe(
            tapResponse({
              next: (preview) => patchState(store, { preview, loading: false }),
              error: (error) => patchState(store, { loading: false, problem: problemOf(error) }),
            }),
          ),
        ),
      ),
    ),
  })),
);
