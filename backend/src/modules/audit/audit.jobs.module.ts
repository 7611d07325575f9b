import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { AuditModule } from './audit.module.js';
import { AnchorTask } from './jobs/anchor.task.js';
import { RefusalCountsTask } from './jobs/refusal-counts.task.js';

/** What the worker does for the audit trail. */
@Module({ imports: [DatabaseModule, AuditModule], providers: [RefusalCountsTask, AnchorTask] })
export class AuditJobsModule {}
