export { AuditHttpModule } from './audit.http.module.js';
export { AuditJobsModule } from './audit.jobs.module.js';
export { AuditModule } from './audit.module.js';
export { AuditLog } from './audit-log.js';
export type { AuditActor, AuditInput } from './audit-input.js';
export { AnonymousRefusals } from './refusals/anonymous-refusals.js';
export { AuditEntry } from './entities/audit-entry.entity.js';
export { AuditHead } from './entities/audit-head.entity.js';
