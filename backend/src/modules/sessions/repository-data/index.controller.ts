import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, type AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { lastEventId, sendEvents } from '../../../platform/http/sse.js';
import { IndexService } from '../../embeddings/index.js';
import { IndexStateDto } from '../dto/repository-data.dto.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { Reindexing } from './reindexing.service.js';

@ApiTags('Repository index and search')
@Controller('sessions/:id/index')
export class IndexController {
  constructor(
    private readonly index: IndexService,
    private readonly reindexing: Reindexing,
  ) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get()
  @Endpoint({ summary: "How far reading the session's branch has come", type: IndexStateDto })
  getIndex(@CurrentSession() { repositoryId, branch }: SessionAccess): Promise<IndexStateDto> {
    return this.index.state({ repositoryId, branch });
  }

  @Access({ scope: 'write' })
  @SessionRight('editor')
  @Post()
  @Idempotent()
  @Endpoint({
    summary: "Reads what has changed in the session's branch",
    status: 202,
    type: IndexStateDto,
    errors: [409, 502, 503, 504],
  })
  reindex(@CurrentSession() session: SessionAccess): Promise<IndexStateDto> {
    return this.reindexing.begin(session);
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get('stream')
  @Endpoint({ summary: 'The state of the index as it changes, until it is ready', produces: 'text/event-stream' })
  streamIndex(
    @CurrentSession() { repositoryId, branch }: SessionAccess,
    @Req() req: AuthenticatedRequest,
    @Res() res: Response,
  ): Promise<void> {
    return sendEvents(req, res, (signal) => this.index.follow({ repositoryId, branch }, lastEventId(req), signal));
  }
}
