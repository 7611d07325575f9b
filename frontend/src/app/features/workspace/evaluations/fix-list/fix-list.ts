import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { EvaluatedFix } from '@yudai/sdk';
import { Icon } from '../../../../ui/icon/icon';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';
import { showInvisible } from '../../../../ui/text/invisible';
import { type FileParams, fileParams, linesLabel } from '../../files/file-link';
import { placeWords, sourceWords } from '../evaluation-words';

interface Place {
  readonly name: string;
  readonly params: FileParams & { readonly tab: string };
}

/** Each fix: what it was about, which files it changed, and where the search had them. */
@Component({
  selector: 'app-fix-list',
  imports: [RouterLink, Icon, ListKeys, RelativeTime],
  templateUrl: './fix-list.html',
  styleUrl: './fix-list.css',
})
export class FixList {
  readonly fixes = input.required<readonly EvaluatedFix[]>();
  /** At which the files are read: they may be gone by now. */
  readonly commit = input.required<string | null>();

  protected readonly rows = computed(() =>
    this.fixes().map((fix) => {
      const expected = new Set(fix.gold.map(({ path }) => path));
      return {
        ...{ key: `${fix.commit} ${fix.number ?? 0}`, url: fix.url, fixedAt: fix.fixedAt },
        title: showInvisible(fix.title),
        source: sourceWords(fix),
        gold: fix.gold.map(({ path, place }) => ({
          ...this.placeOf(path),
          found: place !== null,
          words: placeWords(place, fix.score !== null),
        })),
        found: fix.files.map((path) => ({ ...this.placeOf(path), expected: expected.has(path) })),
        asked: fix.score !== null,
      };
    }),
  );

  private placeOf(path: string): Place {
    return {
      name: linesLabel(path),
      params: { ...fileParams(path, undefined, this.commit() ?? undefined), tab: 'files' },
    };
  }
}
