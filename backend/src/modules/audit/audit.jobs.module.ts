import { Module } from '@nestjs/common';
import { AuditModule } from './audit.module.js';

/** What the worker does for the audit trail. */
@Module({ imports: [AuditModule] })
export class AuditJobsModule {}
