import { Injectable } from '@nestjs/common';
import type { Anchor } from '../../embeddings/index.js';
import { avatarUrlOf, type User, UsersService } from '../../auth/index.js';
import type { MessageDto, Retrieval } from '../dto/message.dto.js';
import type { Message } from '../entities/message.entity.js';
import type { MessageCitation } from '../entities/message-citation.entity.js';
import { CitationsRepository } from '../repositories/citations.repository.js';
import { CitationStanding, staleness } from './citation-standing.js';
import { MessagesRepository } from '../repositories/messages.repository.js';

type Siblings = NonNullable<MessageDto['siblings']>;

/** Messages as the contract shows them. */
@Injectable()
export class MessagePresenter {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly citations: CitationsRepository,
    private readonly standing: CitationStanding,
    private readonly users: UsersService,
  ) {}

  async one(message: Message): Promise<MessageDto> {
    const [shown] = await this.many([message]);
    if (!shown) throw new TypeError('a message was lost on the way');
    return shown;
  }

  /** In the order given; all of one session. */
  async many(messages: readonly Message[]): Promise<MessageDto[]> {
    if (messages.length === 0) return [];
    const authors = await this.authorsOf(messages);
    const citations = await this.citations.of(messages.map(({ id }) => id));
    const standing = await this.standing.of(messages[0]?.sessionId ?? '', [...citations.values()].flat());
    const siblings = await this.siblingsOf(messages);
    return messages.map((message) => ({
      ...plain(message),
      author: authorOf(message, authors),
      retrieval: retrievalOf(message, citations.get(message.id) ?? [], standing),
      ...siblings.get(message.id),
    }));
  }

  private async authorsOf(messages: readonly Message[]): Promise<Map<string, User>> {
    const ids = new Set(messages.flatMap(({ authorId }) => (authorId === null ? [] : [authorId])));
    return new Map((await this.users.byIds([...ids])).map((user) => [user.id, user]));
  }

  private async siblingsOf(messages: readonly Message[]): Promise<Map<string, { siblings: Siblings }>> {
    const found = new Map<string, { siblings: Siblings }>();
    for (const [id, ids] of await this.messages.siblings(messages)) {
      const alternatives = ids.length > 1 ? { leafIds: await this.leavesOf(messages[0]?.sessionId ?? '', ids) } : {};
      found.set(id, { siblings: { index: ids.indexOf(id), ids, ...alternatives } });
    }
    return found;
  }

  private leavesOf(sessionId: string, ids: readonly string[]): Promise<string[]> {
    return Promise.all(ids.map((id) => this.messages.newestLeaf(sessionId, id)));
  }
}

function plain(message: Message): Omit<MessageDto, 'author' | 'retrieval' | 'siblings'> {
  const { id, parentId, role, text, status, model, error, leftOut } = message;
  return {
    ...{ id, parentId, role, text, status, model },
    tokens: tokensOf(message),
    cost: isAnswered(message) ? message.costUsd : null,
    ...(error ? { error: { ...error } } : {}),
    ...(leftOut ? { leftOut: [...leftOut] } : {}),
    createdAt: message.createdAt.toISOString(),
  };
}

/** Only of answers that have ended it is known what they took. */
const isAnswered = ({ role, status }: Message): boolean => role === 'assistant' && status !== 'streaming';

function tokensOf(message: Message): MessageDto['tokens'] {
  if (!isAnswered(message)) return { prompt: null, completion: null };
  return { prompt: message.promptTokens, completion: message.completionTokens };
}

/** An answer's author is the model; who asked for it stands on the question. */
function authorOf({ role, authorId }: Message, users: ReadonlyMap<string, User>): MessageDto['author'] {
  const user = role === 'user' && authorId !== null ? users.get(authorId) : undefined;
  return user ? { id: user.id, login: user.login, name: user.name, avatarUrl: avatarUrlOf(user) } : null;
}

/** Only what was checked is shown. */
function retrievalOf(
  { retrievalState, retrievalCommit }: Message,
  citations: readonly MessageCitation[],
  standing: ReadonlyMap<MessageCitation, Anchor>,
): Retrieval | null {
  if (retrievalState === null) return null;
  return {
    state: retrievalState,
    commit: retrievalCommit,
    citations: citations
      .filter(({ verified }) => verified)
      .map((one) => {
        const { path, startLine, endLine, score, verified } = one;
        return { path, startLine, endLine, score, verified, ...staleness(standing.get(one)) };
      }),
  };
}
