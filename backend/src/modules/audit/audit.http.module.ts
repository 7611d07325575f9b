import { Module } from '@nestjs/common';
import { AuditModule } from './audit.module.js';

/** Reading the audit trail over HTTP. */
@Module({ imports: [AuditModule] })
export class AuditHttpModule {}
