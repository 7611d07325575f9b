import { Module } from '@nestjs/common';
import { LlmModule } from '../../platform/llm/llm.module.js';
import { DraftMaterials } from './drafting/draft-material.js';
import { DraftRecorder } from './drafting/draft-recorder.js';
import { DraftWorker } from './drafting/draft-worker.service.js';
import { DraftWriter } from './drafting/draft-writer.js';
import { SourceLinks } from './drafting/source-links.js';
import { IssueRequester } from './issue-requester.js';
import { IssuesModule } from './issues.module.js';
import { DraftProcessor } from './jobs/draft.processor.js';
import { DraftRelay } from './jobs/draft.relay.js';
import { PublishProcessor } from './jobs/publish.processor.js';
import { PublishRelay } from './jobs/publish.relay.js';
import { PublishRecorder } from './publishing/publish-recorder.js';
import { PublishSource } from './publishing/publish-source.js';
import { PublishWorker } from './publishing/publish-worker.service.js';

const DRAFTING = [DraftMaterials, SourceLinks, DraftWriter, DraftRecorder, DraftWorker, DraftProcessor, DraftRelay];
const PUBLISHING = [PublishSource, PublishRecorder, PublishWorker, PublishProcessor, PublishRelay];

/** Writing drafts and bringing issues to GitHub. */
@Module({ imports: [IssuesModule, LlmModule], providers: [IssueRequester, ...DRAFTING, ...PUBLISHING] })
export class IssuesJobsModule {}
