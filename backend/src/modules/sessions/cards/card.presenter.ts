import { Injectable } from '@nestjs/common';
import { isId } from '../../../platform/database/ids.js';
import { decodeCursor, invalidCursor, type Page, page } from '../../../platform/http/pagination.js';
import { IndexService } from '../../embeddings/index.js';
import type { CardDto, ListCardsQuery } from '../dto/card.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { RepositoryText } from '../repository-data/repository-text.service.js';
import type { SessionAccess } from '../session-access.service.js';

/** Cards as the contract shows them. */
@Injectable()
export class CardPresenter {
  constructor(
    private readonly cards: CardsRepository,
    private readonly index: IndexService,
    private readonly text: RepositoryText,
  ) {}

  /** Newest first. */
  async list(session: SessionAccess, { cursor, limit }: ListCardsQuery): Promise<Page<CardDto>> {
    const rows = await this.cards.list(session.id, limit, beforeOf(cursor));
    const shown = await this.many(session, rows.slice(0, limit));
    const { nextCursor } = page(
      rows,
      limit,
      ({ id }) => [id],
      ({ id }) => id,
    );
    return { items: shown, nextCursor };
  }

  async one(session: SessionAccess, card: ContextCard): Promise<CardDto> {
    const [shown] = await this.many(session, [card]);
    if (!shown) throw new TypeError('a card was lost on the way');
    return shown;
  }

  private async many(session: SessionAccess, cards: readonly ContextCard[]): Promise<CardDto[]> {
    const { repositoryId, branch } = session;
    const serving = await this.index.serving({ repositoryId, branch });
    const shown: CardDto[] = [];
    for (const card of cards) {
      shown.push({ ...plain(card), stale: serving !== null && (await this.isStale(session, card, serving.commit)) });
    }
    return shown;
  }

  /** Whether the lines read otherwise at the commit that is searched now. Where that cannot be told, it is not claimed. */
  private async isStale(
    { userId, repositoryId, branch }: SessionAccess,
    { path, startLine, endLine, commitSha, content }: ContextCard,
    commit: string,
  ): Promise<boolean> {
    if (path === null || startLine === null || endLine === null || commit === commitSha) return false;
    const now = await this.text.sameLines({ userId, repositoryId, branch, commit }, { path, startLine, endLine });
    return now !== undefined && now !== content;
  }
}

function plain(card: ContextCard): Omit<CardDto, 'stale'> {
  const { id, title, description, content, source, path, startLine, endLine, commitSha, pinned, tokens } = card;
  return {
    ...{ id, title, description, content, source, pinned, tokens },
    ...(path === null ? {} : { path }),
    ...(startLine === null ? {} : { startLine }),
    ...(endLine === null ? {} : { endLine }),
    ...(commitSha === null ? {} : { commit: commitSha }),
  };
}

function beforeOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = String(decodeCursor(cursor, 1)[0]);
  if (!isId(id)) throw invalidCursor();
  return id;
}
