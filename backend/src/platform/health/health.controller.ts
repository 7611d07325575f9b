import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Public } from '../http/access.decorator.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { HealthChecks } from './health.checks.js';
import { HealthRegistry } from './health.registry.js';

class LivenessDto extends createZodDto(z.object({ status: z.literal('ok') }).meta({ id: 'Liveness' })) {}

const checkResult = z.object({ status: z.enum(['up', 'down']), reason: z.string().optional() });

class ReadinessDto extends createZodDto(
  z
    .object({ status: z.enum(['ok', 'unavailable']), checks: z.record(z.string(), checkResult) })
    .meta({ id: 'Readiness' }),
) {}

@ApiTags('System')
@Controller('health')
export class HealthController {
  constructor(
    private readonly checks: HealthChecks,
    private readonly registry: HealthRegistry,
  ) {}

  @Public()
  @Get('live')
  @Endpoint({ summary: 'Whether the process answers', type: LivenessDto })
  getLiveness(): LivenessDto {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @Endpoint({ summary: 'Whether the process can serve, and what is missing', type: ReadinessDto, also: [503] })
  async getReadiness(@Res({ passthrough: true }) res: Response): Promise<ReadinessDto> {
    const [needed, outside] = await Promise.all([this.needed(), this.outside()]);
    const ready = needed.every(([, result]) => result.status === 'up');
    if (!ready) res.status(503);
    return { status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries([...needed, ...outside]) };
  }

  /** What must work before this process can serve. */
  private needed(): Promise<Probe[]> {
    const { checks } = this;
    return Promise.all([
      probe('database', () => checks.database()),
      probe('migrations', () => checks.migrations()),
      probe('redis', () => checks.redisServer()),
      probe('queue', () => checks.queue()),
      probe('storage', () => checks.storage()),
      ...this.registry.all().map(([name, check]) => probe(name, check)),
    ]);
  }

  /** What much can be done without: a server is not taken out of service because GitHub is down. */
  private outside(): Promise<Probe[]> {
    const { checks } = this;
    return Promise.all([probe('github', () => checks.github()), probe('llm', () => checks.languageModel())]);
  }
}

type Probe = [name: string, result: { status: 'up' | 'down'; reason?: string }];

async function probe(name: string, check: () => Promise<void>): Promise<Probe> {
  try {
    await check();
    return [name, { status: 'up' }];
  } catch (error) {
    return [name, { status: 'down', reason: error instanceof Error ? error.message : 'failed' }];
  }
}
