export { IssuesHttpModule } from './issues.http.module.js';
export { IssuesJobsModule } from './issues.jobs.module.js';
export { IssuesModule } from './issues.module.js';
export { Issue } from './entities/issue.entity.js';
export { IssueRevision } from './entities/issue-revision.entity.js';
export { IssueSource } from './entities/issue-source.entity.js';
export { PublishIntent } from './entities/publish-intent.entity.js';
export { CurrentIssue, type IssueAccess, IssueRight } from './issue.guard.js';
export { IssuesService } from './issues.service.js';
