import { Body, Controller, Delete, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../../platform/http/access.decorator.js';
import { Ending } from '../../platform/http/draining.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../platform/http/idempotency.interceptor.js';
import { Limit, Spends } from '../auth/index.js';
import {
  IssueDto,
  IssuePreviewDto,
  IssueRevisionPageDto,
  ListIssuesQuery,
  RedraftIssueDto,
  UpdateIssueDto,
} from './dto/issue.dto.js';
import { IssueDrafts } from './issue-drafts.service.js';
import { IssueEditing } from './issue-editing.service.js';
import { CurrentIssue, type IssueAccess, IssueRight } from './issue.guard.js';
import type { IssueRevision } from './entities/issue-revision.entity.js';
import { CurrentEarlierText, EarlierTextRight } from './earlier-text.js';
import { IssuePresenter } from './issue.presenter.js';
import { IssuePreviews } from './publishing/issue-previews.service.js';
import { IssuePublishing, type PublishResult } from './publishing/issue-publishing.service.js';

const PUBLISH_STATUS: Readonly<Record<PublishResult, number>> = { made: 201, there: 200, 'under-way': 202 };

@ApiTags('Issues')
@ApiParam({ name: 'issueId', type: String })
@Controller('issues/:issueId')
export class IssuesController {
  constructor(
    private readonly presenter: IssuePresenter,
    private readonly editing: IssueEditing,
    private readonly drafts: IssueDrafts,
    private readonly previews: IssuePreviews,
    private readonly publishing: IssuePublishing,
  ) {}

  @Access({ scope: 'read' })
  @IssueRight('viewer')
  @Get()
  @Endpoint({ summary: 'An issue', type: IssueDto })
  getIssue(@CurrentIssue() { issue }: IssueAccess): Promise<IssueDto> {
    return this.presenter.one(issue);
  }

  @Access({ scope: 'write' })
  @IssueRight('editor')
  @Patch()
  @Endpoint({ summary: 'Edits a draft; every edit is a revision', type: IssueDto, errors: [409] })
  async updateIssue(@CurrentIssue() access: IssueAccess, @Body() change: UpdateIssueDto): Promise<IssueDto> {
    await this.editing.update(access, change);
    return this.presenter.fresh(access.issue.id);
  }

  @Access({ scope: 'write' })
  @IssueRight('editor', { github: 'none' })
  @Delete()
  @Endpoint({ summary: 'Removes an issue here; on GitHub it lives on', status: 204, errors: [409] })
  async deleteIssue(@CurrentIssue() access: IssueAccess): Promise<void> {
    await this.editing.remove(access);
  }

  @Access({ scope: 'write' })
  @Limit('draft')
  @Spends()
  @IssueRight('editor')
  @Post('redraft')
  @Idempotent()
  @Endpoint({ summary: 'Has the model write the draft again', status: 202, type: IssueDto, errors: [409] })
  async redraftIssue(
    @CurrentIssue() access: IssueAccess,
    @Body() { instructions }: RedraftIssueDto,
  ): Promise<IssueDto> {
    await this.drafts.again(access, instructions);
    return this.presenter.fresh(access.issue.id);
  }

  @Access({ scope: 'read' })
  @IssueRight('viewer')
  @Get('revisions')
  @Endpoint({ summary: 'Earlier texts of an issue, newest first', type: IssueRevisionPageDto })
  listIssueRevisions(
    @CurrentIssue() { issue }: IssueAccess,
    @Query() query: ListIssuesQuery,
  ): Promise<IssueRevisionPageDto> {
    return this.presenter.history(issue.id, query);
  }

  @Access({ scope: 'write' })
  @EarlierTextRight('editor')
  @Post('revisions/:n/restore')
  @Idempotent()
  @ApiParam({ name: 'n', type: String })
  @Endpoint({ summary: 'Makes an earlier text the newest one', type: IssueDto, errors: [409] })
  async restoreIssueRevision(
    @CurrentIssue() access: IssueAccess,
    @CurrentEarlierText() earlier: IssueRevision,
  ): Promise<IssueDto> {
    await this.editing.restore(access, earlier);
    return this.presenter.fresh(access.issue.id);
  }

  @Access({ scope: 'read' })
  @IssueRight('viewer')
  @Get('preview')
  @Endpoint({ summary: 'Exactly what GitHub would receive', type: IssuePreviewDto, errors: [409, 502, 503, 504] })
  previewIssue(@CurrentIssue() access: IssueAccess): Promise<IssuePreviewDto> {
    return this.previews.of(access);
  }

  @Access({ scope: 'write' })
  @Limit('publish')
  @IssueRight('editor', { github: 'write' })
  @Post('publish')
  @Idempotent()
  @Endpoint({
    summary: 'Creates the issue on GitHub, once: 201 made, 200 was there already, 202 under way',
    status: 201,
    also: [200, 202],
    type: IssueDto,
    errors: [409, 502, 503, 504],
  })
  async publishIssue(
    @CurrentIssue() access: IssueAccess,
    @Ending() ending: AbortSignal,
    @Res({ passthrough: true }) res: Response,
  ): Promise<IssueDto> {
    res.status(PUBLISH_STATUS[await this.publishing.publish(access, ending)]);
    return this.presenter.fresh(access.issue.id);
  }
}
