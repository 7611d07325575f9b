import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { RedisModule } from '../../platform/redis/redis.module.js';
import { AuditAnchors } from './anchors/audit-anchors.js';
import { AuditArchives } from './archive/audit-archives.js';
import { AuditChain } from './audit-chain.js';
import { AuditExport } from './audit-export.js';
import { AuditLog } from './audit-log.js';
import { AuditReadings } from './audit-readings.js';
import { AuditSealer } from './audit-sealer.js';
import { AuditService } from './audit.service.js';
import { AnonymousRefusals } from './refusals/anonymous-refusals.js';
import { AuditRefusals } from './refusals/audit-refusals.js';
import { AuditReaderRepository } from './repositories/audit-reader.repository.js';
import { AuditRepository } from './repositories/audit.repository.js';
import { AuditVerifier } from './verification/audit-verifier.js';
import { Verifications } from './verification/verifications.js';

const WRITING = [AuditChain, AuditRepository, AuditSealer, AuditLog, AnonymousRefusals, AuditRefusals];
const READING = [AuditReaderRepository, AuditAnchors, AuditExport, AuditReadings, AuditService];
const VERIFYING = [AuditVerifier, Verifications, AuditArchives];

/** The audit trail, for every module that writes. */
@Module({
  imports: [ConfigModule, DatabaseModule, RedisModule],
  providers: [...WRITING, ...READING, ...VERIFYING],
  exports: [...WRITING, ...READING, ...VERIFYING],
})
export class AuditModule {}
