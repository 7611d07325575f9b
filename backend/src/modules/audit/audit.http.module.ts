import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditModule } from './audit.module.js';
import { RefusalsFilter } from './refusals/refusals.filter.js';

/** Reading the audit trail over HTTP, and the application's filter for errors: every refusal is audited. */
@Module({
  imports: [AuditModule],
  controllers: [AuditController],
  providers: [{ provide: APP_FILTER, useClass: RefusalsFilter }],
})
export class AuditHttpModule {}
