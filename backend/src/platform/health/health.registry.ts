import { Injectable, Module } from '@nestjs/common';

/** Resolves when all is well, else rejects with the reason in one sentence. */
export type HealthCheck = () => Promise<void>;

/** What readiness asks besides the platform's own parts: modules register theirs in `onModuleInit`. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  /** `name` is the member of the answer; one word, lower case. */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  all(): [name: string, check: HealthCheck][] {
    return [...this.checks];
  }
}

@Module({ providers: [HealthRegistry], exports: [HealthRegistry] })
export class HealthRegistryModule {}
