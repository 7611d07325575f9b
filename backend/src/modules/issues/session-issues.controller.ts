import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { Access } from '../../platform/http/access.decorator.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Limit, Spends } from '../auth/index.js';
import { CurrentSession, type SessionAccess, SessionRight } from '../sessions/index.js';
import { CreateIssueDto, IssueDto, IssuePageDto, ListIssuesQuery } from './dto/issue.dto.js';
import { IssueAdoption } from './issue-adoption.service.js';
import { IssueDrafts } from './issue-drafts.service.js';
import { IssuePresenter } from './issue.presenter.js';

@ApiTags('Issues')
@ApiParam({ name: 'id', type: String })
@Controller('sessions/:id/issues')
export class SessionIssuesController {
  constructor(
    private readonly presenter: IssuePresenter,
    private readonly drafts: IssueDrafts,
    private readonly adoption: IssueAdoption,
  ) {}

  @Access({ scope: 'write' })
  @Limit('draft')
  @Spends({ unless: 'githubNumber' })
  @SessionRight('editor')
  @Post()
  @Idempotent()
  @Endpoint({
    summary: 'Has the model draft an issue from the conversation, or takes one over that is on GitHub',
    status: 201,
    type: IssueDto,
    errors: [409, 502, 503, 504],
  })
  async createIssue(
    @CurrentSession() session: SessionAccess,
    @Body() { githubNumber, ...wish }: CreateIssueDto,
  ): Promise<IssueDto> {
    const id =
      githubNumber === undefined
        ? await this.drafts.start(session, wish)
        : await this.adoption.adopt(session, githubNumber);
    return this.presenter.fresh(id);
  }

  @Access({ scope: 'read' })
  @SessionRight('viewer')
  @Get()
  @Endpoint({ summary: 'Issues of a session, newest first', type: IssuePageDto })
  listIssues(@CurrentSession() { id }: SessionAccess, @Query() query: ListIssuesQuery): Promise<IssuePageDto> {
    return this.presenter.list(id, query);
  }
}
