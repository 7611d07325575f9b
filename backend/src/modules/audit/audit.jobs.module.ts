import { Module } from '@nestjs/common';
import { CONFIG, ConfigModule } from '../../platform/config/config.js';
import { DatabaseModule } from '../../platform/database/database.module.js';
import { MetricsModule } from '../../platform/metrics/metrics.module.js';
import { AuditRetention } from './archive/audit-retention.js';
import { RetireRepository } from './archive/retire.repository.js';
import { AuditModule } from './audit.module.js';
import { AuditForwarder } from './forwarding/audit-forwarder.js';
import { COLLECTOR, collectorOf } from './forwarding/collector.js';
import { ForwardMetrics } from './forwarding/forward-metrics.js';
import { ForwardingRepository } from './forwarding/forwarding.repository.js';
import { AnchorTask } from './jobs/anchor.task.js';
import { ForwardTask } from './jobs/forward.task.js';
import { RefusalCountsTask } from './jobs/refusal-counts.task.js';
import { RetentionTask } from './jobs/retention.task.js';
import { SealTask } from './jobs/seal.task.js';

const FORWARDING = [
  { provide: COLLECTOR, inject: [CONFIG], useFactory: collectorOf },
  ForwardingRepository,
  AuditForwarder,
  ForwardMetrics,
];
const TASKS = [SealTask, RefusalCountsTask, AnchorTask, ForwardTask, RetentionTask];

/** What the worker does for the audit trail. */
@Module({
  imports: [ConfigModule, DatabaseModule, MetricsModule, AuditModule],
  providers: [...FORWARDING, RetireRepository, AuditRetention, ...TASKS],
})
export class AuditJobsModule {}
