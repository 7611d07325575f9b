import { Module } from '@nestjs/common';
import { AuditModule } from './audit.module.js';
import { AnchorTask } from './jobs/anchor.task.js';
import { RefusalCountsTask } from './jobs/refusal-counts.task.js';

/** What the worker does for the audit trail. */
@Module({ imports: [AuditModule], providers: [RefusalCountsTask, AnchorTask] })
export class AuditJobsModule {}
