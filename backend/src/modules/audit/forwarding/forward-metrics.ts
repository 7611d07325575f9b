import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { MetricsRegistry } from '../../../platform/metrics/metrics.registry.js';
import { AuditForwarder } from './audit-forwarder.js';
import { ForwardingRepository, type Lag } from './forwarding.repository.js';

const GAUGES: readonly [name: string, help: string, of: (lag: Lag) => number][] = [
  ['yudai_audit_forward_lag_entries', 'Entries that the collector has not received.', ({ entries }) => entries],
  ['yudai_audit_forward_lag_seconds', 'Age of the oldest entry that it has not received.', ({ seconds }) => seconds],
];

/** How far the collector is behind; nothing where none is configured. */
@Injectable()
export class ForwardMetrics implements OnModuleInit {
  constructor(
    private readonly registry: MetricsRegistry,
    private readonly forwarder: AuditForwarder,
    private readonly row: ForwardingRepository,
  ) {}

  onModuleInit(): void {
    if (!this.forwarder.isOn) return;
    const { row } = this;
    for (const [name, help, of] of GAUGES) {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          this.set(of(await row.lag()));
        },
      });
    }
  }
}
