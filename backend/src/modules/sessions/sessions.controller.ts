import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import type { Principal } from '../../platform/http/principal.js';
import {
  CreateSessionDto,
  ListSessionsQuery,
  SessionDto,
  SessionPageDto,
  SessionStatsDto,
  UpdateSessionDto,
} from './dto/session.dto.js';
import type { SessionAccess } from './session-access.service.js';
import { SessionOpening } from './session-opening.service.js';
import { SessionStats } from './session-stats.service.js';
import { CurrentSession, SessionRight } from './session.guard.js';
import { SessionPresenter } from './session.presenter.js';
import { SessionsService } from './sessions.service.js';

/** What concerns the session itself stays open to members who may no longer read its repository. */
const OWN = { github: 'none' } as const;

@ApiTags('Sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly opening: SessionOpening,
    private readonly sessions: SessionsService,
    private readonly presenter: SessionPresenter,
    private readonly stats: SessionStats,
  ) {}

  @Access({ scope: 'write' })
  @Post()
  @Idempotent()
  @Endpoint({
    summary: 'Begins a session on a branch; reading the branch begins by itself',
    status: 201,
    type: SessionDto,
    errors: [409, 502, 503, 504],
  })
  async createSession(@CurrentPrincipal() principal: Principal, @Body() wish: CreateSessionDto): Promise<SessionDto> {
    const id = await this.opening.open(principal, wish, { action: 'session.create' });
    return this.presenter.one(principal.userId, id);
  }

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: "The caller's sessions by last activity", type: SessionPageDto })
  listSessions(@CurrentPrincipal() { userId }: Principal, @Query() query: ListSessionsQuery): Promise<SessionPageDto> {
    return this.presenter.list(userId, query);
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer', OWN)
  @Get(':id')
  @Endpoint({ summary: 'A session', type: SessionDto })
  getSession(@CurrentSession() { userId, id }: SessionAccess): Promise<SessionDto> {
    return this.presenter.one(userId, id);
  }

  @Access({ scope: 'write' })
  @SessionRight('owner', OWN)
  @Patch(':id')
  @Endpoint({ summary: 'Renames, archives or restores a session', type: SessionDto })
  async updateSession(@CurrentSession() session: SessionAccess, @Body() wish: UpdateSessionDto): Promise<SessionDto> {
    await this.sessions.update(session, wish);
    return this.presenter.one(session.userId, session.id);
  }

  @Access({ scope: 'write' })
  @SessionRight('owner', OWN)
  @Delete(':id')
  @Endpoint({ summary: 'Deletes a session with its messages, cards, drafts and solves', status: 204 })
  async deleteSession(@CurrentSession() session: SessionAccess): Promise<void> {
    await this.sessions.remove(session);
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer', OWN)
  @Get(':id/stats')
  @Endpoint({ summary: 'Numbers of a session', type: SessionStatsDto })
  getStats(@CurrentSession() { id }: SessionAccess): Promise<SessionStatsDto> {
    return this.stats.of(id);
  }
}
