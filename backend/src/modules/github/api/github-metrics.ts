import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { MetricsRegistry } from '../../../platform/metrics/metrics.registry.js';

const BUCKETS_SECONDS = [0.01, 0.05, 0.25, 1, 2.5, 5, 10, 30];

/** What this process asks of GitHub, for Prometheus; by operation, never by person or repository. */
@Injectable()
export class GithubMetrics {
  private readonly calls: Counter<'operation' | 'status'>;
  private readonly waits: Histogram<'lane' | 'for'>;
  private readonly limits: Counter<'why'>;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.calls = new Counter({
      name: 'yudai_github_calls_total',
      help: 'Calls to GitHub by the status of their answer; 0 is a connection that was lost.',
      labelNames: ['operation', 'status'],
      registers,
    });
    this.waits = new Histogram({
      name: 'yudai_github_wait_seconds',
      help: 'Time that a call to GitHub waited for its turn.',
      labelNames: ['lane', 'for'],
      buckets: BUCKETS_SECONDS,
      registers,
    });
    this.limits = new Counter({
      name: 'yudai_github_limited_total',
      help: 'Answers of GitHub that asked for a pause.',
      labelNames: ['why'],
      registers,
    });
  }

  called(operation: string, status: number): void {
    this.calls.inc({ operation, status });
  }

  waited(lane: 'read' | 'write', by: 'person' | 'job', milliseconds: number): void {
    this.waits.observe({ lane, for: by }, milliseconds / 1_000);
  }

  limited(why: string): void {
    this.limits.inc({ why });
  }
}
