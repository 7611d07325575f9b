import { Component, type ElementRef, computed, inject, input, linkedSignal, untracked, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { Store } from '@ngrx/store';
import { sessionsFeature } from '../../../../state/sessions/sessions.feature';
import { CodeView } from '../../../../ui/code-view/code-view';
import { ErrorState } from '../../../../ui/error-state/error-state';
import { Icon } from '../../../../ui/icon/icon';
import { Skeleton } from '../../../../ui/skeleton/skeleton';
import { parseLines } from '../../panel/views';
import { CardsStore } from '../../context/cards.store';
import { linesLabel } from '../file-link';
import { type FilePart, has, lacks, partAfter, partAround, partBefore, partLabel } from '../file-part';
import { FileStore } from '../files.store';

/** What the address names. */
interface Wish {
  readonly path: string;
  readonly commit: string | undefined;
  readonly lines: readonly [number, number] | undefined;
}

/** A file at some commit, or a part of a long one, with the cited lines marked; any of its lines can become a card. */
@Component({
  selector: 'app-file-viewer',
  imports: [MatButton, RouterLink, CodeView, ErrorState, Icon, Skeleton],
  providers: [FileStore],
  templateUrl: './file-viewer.html',
  styleUrl: './file-viewer.css',
})
export class FileViewer {
  readonly sessionId = input.required<string>();
  readonly path = input.required<string>();
  readonly marked = input<readonly [number, number]>();
  readonly commit = input<string>();

  protected readonly file = inject(FileStore);
  protected readonly mayEdit = inject(Store).selectSignal(sessionsFeature.selectMayEdit);
  private readonly cards = inject(CardsStore);
  private readonly field = viewChild<ElementRef<HTMLInputElement>>('field');

  protected readonly content = computed(() => this.file.items()[0]);
  /** Lines for the card: those cited, until others are typed. */
  protected readonly typed = linkedSignal<string | undefined, string | undefined>({
    source: () => `${this.path()}:${this.marked()?.join('-') ?? ''}`,
    computation: () => undefined,
  });
  protected readonly lines = computed(() => this.typed() ?? this.marked()?.join('-') ?? '');
  protected readonly chosen = computed(() => {
    const content = this.content();
    const range = parseLines(this.lines());
    return content && range && range[1] <= content.totalLines ? range : undefined;
  });
  protected readonly place = computed(() => linesLabel(this.path(), this.marked()));
  /** Which part is shown, the parts beside it, and lines that are named and are not there. */
  protected readonly part = computed(() => {
    const content = this.content();
    const label = content && partLabel(content);
    return label ? { label, before: partBefore(content), after: partAfter(content) } : undefined;
  });
  protected readonly lacking = computed(() => {
    const content = this.content();
    return content !== undefined && lacks(content, this.marked());
  });
  protected readonly opened = computed(() => {
    if (!this.content()) return '';
    return [`Opened ${this.place()}`, this.part()?.label].filter(Boolean).join('. ');
  });
  /** The part around the cited lines, until another is chosen; what is shown and has them already is not left. */
  private readonly asked = linkedSignal<Wish, FilePart>({
    source: () => ({ path: this.path(), commit: this.commit(), lines: this.marked() }),
    computation: ({ path, commit, lines }, before) =>
      before?.source.path === path && before.source.commit === commit && untracked(() => this.shows(lines))
        ? before.value
        : partAround(lines),
  });

  constructor() {
    this.file.show(
      computed(() => ({
        ...{ sessionId: this.sessionId(), path: this.path(), commit: this.commit() },
        part: this.asked(),
      })),
    );
  }

  private shows(lines: Wish['lines']): boolean {
    const content = this.content();
    return content !== undefined && this.file.status() === 'loaded' && has(content, lines ?? [1, 1]);
  }

  protected go(to: FilePart | undefined): void {
    if (to) this.asked.set(to);
  }

  protected makeCard(event: Event): void {
    event.preventDefault();
    const content = this.content();
    const range = this.chosen();
    if (!content || !range) {
      this.field()?.nativeElement.focus();
      return;
    }
    const [startLine, endLine] = range;
    this.cards.add({ path: content.path, commit: content.commit, startLine, endLine });
  }
}
