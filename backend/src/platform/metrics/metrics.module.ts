import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ConfigModule } from '../config/config.js';
import { MetricsRegistry } from './metrics.registry.js';
import { MetricsServer } from './metrics.server.js';
import { RequestMetrics } from './request-metrics.js';

/** Figures of this process: the runtime's own and, where it answers HTTP, its requests. */
@Module({ imports: [ConfigModule], providers: [MetricsRegistry, MetricsServer], exports: [MetricsRegistry] })
export class MetricsModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(RequestMetrics).forRoutes('{*path}');
  }
}
