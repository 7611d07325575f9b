import { Module } from '@nestjs/common';
import { ConfigModule } from '../../platform/config/config.js';
import { AuditChain } from './audit-chain.js';
import { AuditLog } from './audit-log.js';
import { AuditRepository } from './repositories/audit.repository.js';

/** The audit trail, for every module that writes. */
@Module({ imports: [ConfigModule], providers: [AuditChain, AuditRepository, AuditLog], exports: [AuditLog] })
export class AuditModule {}
