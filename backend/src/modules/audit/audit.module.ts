import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { AuditAnchors } from './audit-anchors.js';
import { AuditChain } from './audit-chain.js';
import { AuditExport } from './audit-export.js';
import { AuditLog } from './audit-log.js';
import { AuditService } from './audit.service.js';
import { AuditVerifier } from './audit-verifier.js';
import { AnonymousRefusals } from './refusals/anonymous-refusals.js';
import { AuditRefusals } from './refusals/audit-refusals.js';
import { AuditReaderRepository } from './repositories/audit-reader.repository.js';
import { AuditRepository } from './repositories/audit.repository.js';

const WRITING = [AuditChain, AuditRepository, AuditLog, AnonymousRefusals, AuditRefusals];
const READING = [AuditReaderRepository, AuditAnchors, AuditExport, AuditService, AuditVerifier];

/** The audit trail, for every module that writes. */
@Module({
  imports: [ConfigModule, DatabaseModule, RedisModule],
  providers: [...WRITING, ...READING],
  exports: [...WRITING, ...READING],
})
export class AuditModule {}
