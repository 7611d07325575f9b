import { Injectable } from '@nestjs/common';
import { decodeCursor, invalidCursor, type Page, page } from '../../platform/http/pagination.js';
import { type IndexState, IndexService } from '../embeddings/index.js';
import { RepositoriesService } from '../github/index.js';
import type { ListSessionsQuery, SessionDto } from './dto/session.dto.js';
import type { Session } from './entities/session.entity.js';
import type { SessionRole } from './entities/session-member.entity.js';
import { CardsRepository } from './repositories/cards.repository.js';
import { MembersRepository } from './repositories/members.repository.js';
import { MessagesRepository } from './repositories/messages.repository.js';
import { SessionsRepository } from './repositories/sessions.repository.js';
import { SessionCounts } from './session-counts.js';
import { sessionNotFound } from './sessions.errors.js';

interface Seen {
  readonly session: Session;
  readonly role: SessionRole;
}

const NONE = { messages: 0, tokens: 0 };

/** Sessions as the contract shows them. */
@Injectable()
export class SessionPresenter {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly members: MembersRepository,
    private readonly messages: MessagesRepository,
    private readonly cards: CardsRepository,
    private readonly counts: SessionCounts,
    private readonly repositories: RepositoriesService,
    private readonly index: IndexService,
  ) {}

  /** As it is stored now. @throws DomainError `sessions.not-found` when it is gone or not the user's. */
  async one(userId: string, id: string): Promise<SessionDto> {
    const [session, role] = await Promise.all([this.sessions.byId(id), this.members.roleOf(id, userId)]);
    const [shown] = session && role ? await this.many(userId, [{ session, role }]) : [];
    if (!shown) throw sessionNotFound();
    return shown;
  }

  /** A user's, by last activity. */
  async list(userId: string, { query, archived = false, cursor, limit }: ListSessionsQuery): Promise<Page<SessionDto>> {
    const rows = await this.sessions.list({ userId, query, archived }, limit, before(cursor));
    const shown = new Map((await this.many(userId, rows.slice(0, limit))).map((session) => [session.id, session]));
    const { items, nextCursor } = page(
      rows,
      limit,
      ({ activeAt, session }) => [activeAt, session.id],
      ({ session }) => shown.get(session.id),
    );
    return { items: items.filter((item) => item !== undefined), nextCursor };
  }

  private async many(userId: string, seen: readonly Seen[]): Promise<SessionDto[]> {
    if (seen.length === 0) return [];
    const ids = seen.map(({ session }) => session.id);
    const repositoryIds = seen.map(({ session }) => session.repositoryId);
    const [names, readable, states, totals, cards, issues, solves] = await Promise.all([
      this.repositories.names(repositoryIds),
      this.repositories.readable(userId, repositoryIds),
      this.index.states(seen.map(({ session: { repositoryId, branch } }) => ({ repositoryId, branch }))),
      this.messages.totals(ids),
      this.cards.countOf(ids),
      this.counts.of('issues', ids),
      this.counts.of('solves', ids),
    ]);
    return seen.flatMap(({ session, role }) => {
      const name = names.get(session.repositoryId);
      if (!name) return [];
      const { messages, tokens } = totals.get(session.id) ?? NONE;
      const index = states.get(`${session.repositoryId}:${session.branch}`) ?? NOT_BEGUN;
      const count = (of: ReadonlyMap<string, number>): number => of.get(session.id) ?? 0;
      return [
        {
          ...plain(session),
          ...{ owner: name.owner, repo: name.name, role, tokens },
          index: readable.has(session.repositoryId) ? index : withheld(index),
          counts: { messages, cards: count(cards), issues: count(issues), solves: count(solves) },
        },
      ];
    });
  }
}

/** Of a branch whose index was removed. */
const NOT_BEGUN: IndexState = {
  ...{ status: 'queued', commit: null, headCommit: null, behind: null, etaSeconds: null, filesPerSecond: null },
  ...{ filesTotal: 0, filesIndexed: 0, filesSkipped: 0, chunks: 0, progress: 0 },
};

/** For who may not read the repository: how the work on it stands, and nothing that was read in it. */
const withheld = ({ status }: IndexState): IndexState => ({ ...NOT_BEGUN, status });

function plain(session: Session): Omit<SessionDto, 'owner' | 'repo' | 'role' | 'index' | 'counts' | 'tokens'> {
  const { id, title, branch, activeLeafId } = session;
  return {
    ...{ id, title, branch, activeLeafId },
    archived: session.archivedAt !== null,
    createdAt: session.createdAt.toISOString(),
    updatedAt: session.updatedAt.toISOString(),
    lastActivityAt: session.lastActivityAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const ID = /^[0-9a-f-]{36}$/;

function before(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = decodeCursor(cursor, 2).map(String);
  if (at === undefined || id === undefined || !TIME.test(at) || !ID.test(id)) throw invalidCursor();
  return { at, id };
}
