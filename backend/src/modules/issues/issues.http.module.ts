import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../platform/http/idempotency.module.js';
import { IssueAdoption } from './issue-adoption.service.js';
import { IssueDrafts } from './issue-drafts.service.js';
import { IssueEditing } from './issue-editing.service.js';
import { IssuePresenter } from './issue.presenter.js';
import { IssuesController } from './issues.controller.js';
import { IssuesModule } from './issues.module.js';
import { IssuePreviews } from './publishing/issue-previews.service.js';
import { IssuePublishing } from './publishing/issue-publishing.service.js';
import { SessionIssuesController } from './session-issues.controller.js';

/** Drafting, editing, previewing and publishing, by request. */
@Module({
  imports: [IssuesModule, IdempotencyModule],
  controllers: [SessionIssuesController, IssuesController],
  providers: [IssuePresenter, IssueDrafts, IssueEditing, IssueAdoption, IssuePreviews, IssuePublishing],
})
export class IssuesHttpModule {}
