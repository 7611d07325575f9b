import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { IndexState } from '@yudai/sdk';
import { EmptyState } from '../../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { ListKeys } from '../../../../ui/list-keys/list-keys';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { showInvisible } from '../../../../ui/text/invisible';
import { fileParams } from '../file-link';
import { SearchStore } from './search.store';

/** The most places of one file that are shown. */
const mostSpans = 6;

/** What in the branch's code a question or some words are about: files, best first, each with its places. */
@Component({
  selector: 'app-code-search',
  imports: [EmptyState, ErrorState, Icon, ListKeys, MatButton, RouterLink, Skeleton],
  providers: [SearchStore],
  templateUrl: './code-search.html',
  styleUrl: './code-search.css',
})
export class CodeSearch {
  readonly sessionId = input.required<string>();
  /** Not empty. */
  readonly query = input.required<string>();
  /** Of the branch: what was asked while it was read is asked again when there is more to find. */
  readonly index = input<IndexState>();

  protected readonly search = inject(SearchStore);
  protected readonly includeTests = signal(false);
  protected readonly found = computed(() => this.search.items()[0]);
  protected readonly files = computed(() => {
    const found = this.found();
    return (found?.results ?? []).map(({ path, spans }) => ({
      path,
      name: showInvisible(path.slice(path.lastIndexOf('/') + 1)),
      folder: showInvisible(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
      params: { ...fileParams(path, undefined, found?.commit ?? undefined), tab: 'files' },
      spans: spans.slice(0, mostSpans).map(({ startLine, endLine, symbol }) => ({
        label: startLine === endLine ? String(startLine) : `${startLine}–${endLine}`,
        symbol,
        params: { ...fileParams(path, [startLine, endLine], found?.commit ?? undefined), tab: 'files' },
      })),
    }));
  });
  private readonly searched = computed(() => this.index()?.commit ?? this.index()?.status);
  protected readonly words = computed(() => {
    const count = this.files().length;
    return `${count} ${count === 1 ? 'file' : 'files'}, best first`;
  });

  constructor() {
    this.search.show(
      computed(() => ({
        ...{ sessionId: this.sessionId(), query: this.query(), includeTests: this.includeTests() },
        searched: this.searched(),
      })),
    );
  }
}
