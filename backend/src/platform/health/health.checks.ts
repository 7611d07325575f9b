import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { InjectQueue } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Queue } from 'bull';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config.js';
import { SCHEMA_VERSION } from '../database/schema-version.js';
import { RedisClient } from '../redis/redis.module.js';
import { Reachability } from './reachability.js';

const LONGEST_MS = 2_000;

/** Each check resolves, or rejects with the reason in one sentence. */
@Injectable()
export class HealthChecks {
  private readonly toGithub: Reachability;
  private readonly toModels: Reachability;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly redis: RedisClient,
    @InjectQueue('index') private readonly jobs: Queue,
  ) {
    this.toGithub = new Reachability(`${config.GITHUB_API_URL}/rate_limit`, 'GitHub does not answer');
    this.toModels = new Reachability(`${config.LLM_BASE_URL}/models`, 'the language model does not answer');
  }

  github(): Promise<void> {
    return this.toGithub.check();
  }

  languageModel(): Promise<void> {
    return this.toModels.check();
  }

  async database(): Promise<void> {
    await inTime(this.dataSource.query('SELECT 1'), 'the database does not answer');
  }

  async migrations(): Promise<void> {
    const rows = await inTime(
      this.dataSource.query<unknown[]>('SELECT 1 FROM schema_migrations WHERE name = $1', [SCHEMA_VERSION]),
      'the database does not answer',
    );
    if (rows.length === 0) throw new Error(`migration ${SCHEMA_VERSION} has not been run`);
  }

  async redisServer(): Promise<void> {
    await inTime(this.redis.ping(), 'Redis does not answer');
  }

  /** Bull has connections of its own; one queue tells about all. */
  async queue(): Promise<void> {
    await inTime(this.jobs.getJobCounts(), 'the job queue does not answer');
  }

  /** Mirrors and work trees need a folder that can be written. */
  async storage(): Promise<void> {
    await inTime(access(this.config.DATA_DIR, constants.W_OK), 'the data folder cannot be written');
  }
}

async function inTime<T>(work: Promise<T>, reason: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(reason)), LONGEST_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    throw new Error(reason);
  } finally {
    clearTimeout(timer);
  }
}
