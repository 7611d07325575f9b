import { Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';

/** What this process tells Prometheus. */
@Injectable()
export class MetricsRegistry extends Registry {}
