import {
  Component,
  DestroyRef,
  type ElementRef,
  computed,
  inject,
  input,
  signal,
  viewChild,
  viewChildren,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { Actions, ofType } from '@ngrx/effects';
import { Store } from '@ngrx/store';
import type { Message } from '@yudai/sdk';
import { useTitle } from '../../../core/title/use-title';
import { chatPageActions } from '../../../state/messages/chat-page.actions';
import { messagesApiActions } from '../../../state/messages/messages-api.actions';
import { messagesFeature } from '../../../state/messages/messages.feature';
import { sessionsFeature } from '../../../state/sessions/sessions.feature';
import { EmptyState } from '../../../ui/empty-state/empty-state';
import { ErrorState } from '../../../ui/error-state/error-state';
import { Icon } from '../../../ui/icon/icon';
import { ListKeys } from '../../../ui/list-keys/list-keys';
import { ReachEnd } from '../../../ui/reach-end/reach-end';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { CardsStore } from '../context/cards.store';
import { NewIssue } from '../issues/new-issue/new-issue';
import { AnswerAnnouncer } from './answer-announcer';
import { Composer, type Written } from './composer/composer';
import { MessageItem } from './message-item/message-item';
import type { MessageWish } from './message-wish';
import { OutgoingItem } from './outgoing-item/outgoing-item';

/** Further from the end than this (CSS pixels), the reader is reading and gets a way back. */
const farAway = 240;

/** The conversation: one branch of it, newest at the bottom, and the field for the next message. */
@Component({
  selector: 'app-chat-page',
  imports: [
    MatButton,
    AnswerAnnouncer,
    Composer,
    EmptyState,
    ErrorState,
    Icon,
    ListKeys,
    MessageItem,
    OutgoingItem,
    ReachEnd,
    Skeleton,
  ],
  templateUrl: './chat-page.html',
  styleUrl: './chat-page.css',
})
export class ChatPage {
  readonly sessionId = input.required<string>();
  /** From the address: the last message of the branch to show, when it is not the current one. */
  readonly leaf = input<string>();

  private readonly store = inject(Store);
  private readonly router = inject(Router);
  private readonly cards = inject(CardsStore);
  private readonly newIssue = inject(NewIssue);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly items = viewChildren(MessageItem);

  protected readonly session = this.store.selectSignal(sessionsFeature.selectOpen);
  protected readonly mayEdit = this.store.selectSignal(sessionsFeature.selectMayEdit);
  protected readonly view = this.store.selectSignal(messagesFeature.selectView);
  protected readonly messages = this.store.selectSignal(messagesFeature.selectMessages);
  protected readonly unsent = this.store.selectSignal(messagesFeature.selectUnsent);
  protected readonly problems = this.store.selectSignal(messagesFeature.selectProblems);
  protected readonly streaming = this.store.selectSignal(messagesFeature.selectStreaming);
  protected readonly away = signal(false);
  protected readonly disabled = computed(() => {
    if (this.session()?.archived) return 'This session is archived. Put it back into the list to go on.';
    return this.mayEdit() ? undefined : 'You may read this session, but not write in it.';
  });

  constructor() {
    useTitle(() => this.session()?.title);
    this.store.dispatch(() => chatPageActions.opened({ sessionId: this.sessionId(), leaf: this.leaf() ?? null }));
    inject(DestroyRef).onDestroy(() => this.store.dispatch(chatPageActions.closed()));
    // What is written last is the current branch: the address need not name it any more.
    inject(Actions)
      .pipe(ofType(messagesApiActions.sent, messagesApiActions.anotherAnswerBegun), takeUntilDestroyed())
      .subscribe(() => {
        if (this.leaf()) this.showBranch(null);
      });
  }

  protected send({ text, attachmentIds }: Written, parentId = this.messages().at(-1)?.id ?? null): void {
    const sessionId = this.sessionId();
    const message = { sessionId, clientMessageId: crypto.randomUUID(), text, parentId, attachmentIds };
    this.store.dispatch(chatPageActions.sendAsked({ message }));
    this.toEnd();
  }

  protected fulfil(message: Message, wish: MessageWish): void {
    const sessionId = this.sessionId();
    switch (wish.kind) {
      case 'retry':
        this.store.dispatch(chatPageActions.anotherAnswerAsked({ sessionId, messageId: message.id }));
        break;
      case 'edit':
        this.send({ text: wish.text, attachmentIds: [] }, message.parentId);
        break;
      case 'card':
        this.cards.add({ messageId: message.id });
        break;
      case 'draft':
        void this.newIssue.draft(sessionId, [message.id]);
        break;
      case 'branch':
        this.showBranch(wish.messageId);
    }
  }

  protected stop(): void {
    const messageId = this.streaming()?.id;
    if (messageId) this.store.dispatch(chatPageActions.stopAsked({ sessionId: this.sessionId(), messageId }));
  }

  protected editLast(): void {
    const at = this.messages().findLastIndex(({ role }) => role === 'user');
    this.items()[at]?.edit();
  }

  protected resend(clientMessageId: string): void {
    this.store.dispatch(chatPageActions.resendAsked({ clientMessageId }));
  }

  protected discard(clientMessageId: string): void {
    this.store.dispatch(chatPageActions.discardAsked({ clientMessageId }));
  }

  protected older(): void {
    if (this.view().hasOlder && !this.view().loadingOlder) this.store.dispatch(chatPageActions.olderAsked());
  }

  protected reload(): void {
    this.store.dispatch(chatPageActions.reloadAsked());
  }

  /** The list runs upwards from its end, so the end is at zero and everything before it is negative. */
  protected scrolled(): void {
    this.away.set(this.scroller().nativeElement.scrollTop < -farAway);
  }

  protected toEnd(): void {
    this.scroller().nativeElement.scrollTo({ top: 0 });
  }

  private showBranch(leaf: string | null): void {
    void this.router.navigate([], { queryParams: { leaf }, queryParamsHandling: 'merge', replaceUrl: leaf === null });
  }
}
