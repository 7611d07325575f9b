import { Injectable } from '@nestjs/common';
import { isId } from '../../../platform/database/ids.js';
import { decodeCursor, invalidCursor, type Page, page } from '../../../platform/http/pagination.js';
import { IndexService, type PinnedLines } from '../../embeddings/index.js';
import type { CardDto, ListCardsQuery } from '../dto/card.dto.js';
import type { ContextCard } from '../entities/context-card.entity.js';
import { staleness } from '../messages/citation-standing.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import { RepositoryText } from '../repository-data/repository-text.service.js';
import type { SessionAccess } from '../session-access.service.js';

type Standing = ReturnType<typeof staleness>;

const FRESH = { stale: false };

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
    const standings = serving ? await this.standings(session, cards, serving.commit) : new Map<ContextCard, Standing>();
    return cards.map((card) => ({ ...plain(card), ...FRESH, ...standings.get(card) }));
  }

  /**
   * Whether the lines read otherwise at the commit that is searched now, and where they went. Where that cannot be told, it
   * is not claimed. All cards are looked for at once: a look each would begin some processes for each.
   */
  private async standings(
    { userId, repositoryId, branch }: SessionAccess,
    cards: readonly ContextCard[],
    commit: string,
  ): Promise<Map<ContextCard, Standing>> {
    const placed = cards.flatMap((card) => {
      const cited = placeOf(card);
      return cited ? [{ card, cited }] : [];
    });
    const at = { userId, repositoryId, branch, commit };
    const anchors = await this.text.standings(
      at,
      placed.map(({ cited }) => cited),
    );
    return new Map(placed.map(({ card }, position) => [card, staleness(anchors[position])]));
  }
}

/** The lines a card was made of; nothing for one that was made of something else. */
function placeOf({ path, startLine, endLine, commitSha: commit }: ContextCard): PinnedLines | undefined {
  if (path === null || startLine === null || endLine === null || commit === null) return undefined;
  return { path, startLine, endLine, commit };
}

function plain(card: ContextCard): Omit<CardDto, 'stale'> {
  const { id, title, description, content, source, path, startLine, endLine, commitSha, pinned, tokens, attachmentId } =
    card;
  return {
    ...{ id, title, description, content, source, pinned, tokens },
    ...(path === null ? {} : { path }),
    ...(startLine === null ? {} : { startLine }),
    ...(endLine === null ? {} : { endLine }),
    ...(commitSha === null ? {} : { commit: commitSha }),
    ...(attachmentId === null ? {} : { attachmentId }),
  };
}

function beforeOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = String(decodeCursor(cursor, 1)[0]);
  if (!isId(id)) throw invalidCursor();
  return id;
}
