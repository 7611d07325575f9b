import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { Router } from '@angular/router';
import type { Message } from '@yudai/sdk';
import type { Problem } from '../../../../core/problem/problem';
import { Avatar } from '../../../../ui/avatar/avatar';
import { ErrorState } from '../../../../ui/error-state/error-state';
import type { ProblemView } from '../../../../ui/error-state/problem-view';
import { Icon } from '../../../../ui/icon/icon';
import { Markdown } from '../../../../ui/markdown/markdown';
import { RelativeTime } from '../../../../ui/relative-time/relative-time';
import { fileParams, placeNames } from '../../files/file-link';
import { LeftOutNote } from '../left-out-note';
import { MessageActions } from '../message-actions/message-actions';
import { MessageEdit } from '../message-edit/message-edit';
import type { MessageWish } from '../message-wish';
import { RetrievalNote } from '../retrieval-note/retrieval-note';

/** One message of the conversation, a person's or an answer. */
@Component({
  selector: 'app-message-item',
  imports: [Avatar, ErrorState, Icon, LeftOutNote, Markdown, MessageActions, MessageEdit, RelativeTime, RetrievalNote],
  templateUrl: './message-item.html',
  styleUrl: './message-item.css',
})
export class MessageItem {
  readonly message = input.required<Message>();
  readonly mayEdit = input(false);
  /** Why the answer failed, when it did so while this page was watching. */
  readonly problem = input<Problem>();
  readonly wish = output<MessageWish>();

  protected readonly editing = signal(false);
  protected readonly isAnswer = computed(() => this.message().role === 'assistant');
  protected readonly login = computed(() => this.message().author?.login ?? 'Somebody');
  protected readonly name = computed(() => (this.isAnswer() ? 'Yudai' : this.login()));
  protected readonly waiting = computed(() => this.message().status === 'streaming' && this.message().text === '');
  protected readonly facts = computed(() => {
    const { model, tokens, cost } = this.message();
    if (!tokens.completion) return model ?? '';
    const size = `${tokens.prompt ?? 0} + ${tokens.completion} tokens`;
    return [model ?? '', size, cost === null ? '' : `$${cost.toFixed(4)}`].filter(Boolean).join(', ');
  });

  /** Why it failed: as the stream said, or as it was stored. */
  protected readonly failure = computed<ProblemView | undefined>(() => {
    const { status, error } = this.message();
    if (status !== 'failed') return undefined;
    return this.problem() ?? { title: 'This answer failed', detail: error?.detail ?? '', code: error?.code ?? '' };
  });
  /** What the answer rests on, by the names that its text uses. */
  protected readonly places = computed(() => {
    const { citations, commit } = this.message().retrieval ?? { citations: [], commit: null };
    return new Map(
      citations.flatMap(({ path, startLine, endLine }) => {
        const queryParams = fileParams(path, [startLine, endLine], commit ?? undefined);
        const address = this.router.createUrlTree([], { queryParams, queryParamsHandling: 'merge' });
        const url = this.router.serializeUrl(address);
        return placeNames(path, [startLine, endLine]).map((name) => [name, url] as const);
      }),
    );
  });

  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  edit(): void {
    this.editing.set(true);
  }

  protected open(address: string): void {
    const { queryParamMap } = this.router.parseUrl(address);
    const queryParams = Object.fromEntries(['file', 'lines', 'commit'].map((name) => [name, queryParamMap.get(name)]));
    void this.router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }

  protected send(text: string): void {
    this.leave();
    this.wish.emit({ kind: 'edit', text });
  }

  /** The focus goes back to the message that was edited. */
  protected leave(): void {
    this.editing.set(false);
    afterNextRender(
      { read: () => this.host.querySelector<HTMLElement>('[data-row]')?.focus() },
      { injector: this.injector },
    );
  }
}
