import { computed } from '@angular/core';
import { signalStore, withComputed } from '@ngrx/signals';
import { type Assignee, type Label, listAssignees, listLabels } from '@yudai/sdk';
import { withPages } from '../../../../core/paged/with-pages';
import type { NameChoice } from './name-chips';

interface Place {
  readonly owner: string;
  readonly repo: string;
}

const limit = 100;

/** The labels of a repository on GitHub. */
export const LabelsStore = signalStore(
  withPages<Label, Place>((path, cursor, on) =>
    listLabels({ path, query: { limit, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
  withComputed(({ items }) => ({
    choices: computed(() =>
      items().map(({ name, color, description }): NameChoice => ({ name, colour: color, hint: description })),
    ),
  })),
);

/** Who can be assigned to an issue of a repository. */
export const AssigneesStore = signalStore(
  withPages<Assignee, Place>((path, cursor, on) =>
    listAssignees({ path, query: { limit, ...(cursor ? { cursor } : {}) }, ...on }),
  ),
  withComputed(({ items }) => ({ choices: computed(() => items().map(({ login }): NameChoice => ({ name: login }))) })),
);
