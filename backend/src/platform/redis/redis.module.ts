import { Inject, Injectable, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config, ConfigModule } from '../config/config.js';
import { redisOptions } from './redis-options.js';

/** The process's connection for ordinary commands. */
@Injectable()
export class RedisClient extends Redis implements OnApplicationShutdown {
  constructor(@Inject(CONFIG) config: Config) {
    super(redisOptions(config.REDIS_URL, 'commands'));
    logConnectionErrors(this);
  }

  onApplicationShutdown(): void {
    this.disconnect();
  }
}

/** The process's connection for subscriptions; a subscribed connection can do nothing else. */
@Injectable()
export class RedisSubscriber extends Redis implements OnApplicationShutdown {
  constructor(@Inject(CONFIG) config: Config) {
    super(redisOptions(config.REDIS_URL, 'subscriber'));
    this.setMaxListeners(0);
    logConnectionErrors(this);
  }

  onApplicationShutdown(): void {
    this.disconnect();
  }
}

/** ioredis reconnects by itself; without a listener each lost connection would end the process. */
function logConnectionErrors(client: Redis): void {
  const logger = new Logger('Redis');
  client.on('error', (error: Error) => logger.warn({ message: 'redis connection', reason: error.message }));
}

@Module({
  imports: [ConfigModule],
  providers: [RedisClient, RedisSubscriber],
  exports: [RedisClient, RedisSubscriber],
})
export class RedisModule {}
