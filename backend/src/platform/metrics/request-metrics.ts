import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Histogram } from 'prom-client';
import { MetricsRegistry } from './metrics.registry.js';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NANOSECONDS = 1e9;

/** Counts and times requests by the route's pattern, never by the address asked for: an id or a guess makes no series. */
@Injectable()
export class RequestMetrics implements NestMiddleware {
  private readonly seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(registry: MetricsRegistry) {
    this.seconds = new Histogram({
      name: 'yudai_http_request_seconds',
      help: 'Time from a request to the end of its answer; event streams are left out.',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS_SECONDS,
      registers: [registry],
    });
  }

  use(req: Request, res: Response, next: NextFunction): void {
    const begun = process.hrtime.bigint();
    res.once('close', () => {
      if (String(res.getHeader('content-type')).startsWith('text/event-stream')) return;
      const seconds = Number(process.hrtime.bigint() - begun) / NANOSECONDS;
      const { path } = (req.route ?? {}) as { path?: unknown };
      const route = typeof path === 'string' ? path : 'unknown';
      this.seconds.observe({ method: req.method, route, status: res.statusCode }, seconds);
    });
    next();
  }
}
