import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { sandboxUnavailable } from '../solver.errors.js';
import { bubblewrap } from './bubblewrap.adapter.js';
import { ControlGroup } from './cgroup.js';
import { reachableNode } from './node-binary.js';
import { ProcessSandbox, type SandboxMeans } from './process-sandbox.js';
import type { Sandbox, SandboxAdapter, SandboxLimits } from './sandbox.js';
import { unshare } from './unshare.adapter.js';

const ADAPTERS: readonly SandboxAdapter[] = [bubblewrap, unshare];
/** Long enough for a machine that is busy with other things. */
const PROBE_SECONDS = 60;
const PROCESSES = 256;

/** Picks the confinement that works on this machine, by trying it; without one nothing is ever run. */
@Injectable()
export class SandboxFactory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SandboxFactory.name);
  private readonly limits: SandboxLimits;
  private readonly ending = new AbortController();
  private chosen: Promise<SandboxAdapter | undefined> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.limits = { memoryMb: config.SANDBOX_MEMORY_MB, diskMb: config.SANDBOX_DISK_MB, processes: PROCESSES };
  }

  /** Whoever starts a worker reads in its log at once whether it can solve; starting does not wait for it. */
  onApplicationBootstrap(): void {
    this.adapter().catch((error: unknown) => this.logger.error({ message: 'sandboxes could not be tried', error }));
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.chosen?.catch(() => undefined);
  }

  /** @throws DomainError `solver.sandbox-unavailable` when no confinement works here. */
  async open(tree: string): Promise<Sandbox> {
    const adapter = await this.adapter();
    if (!adapter) throw sandboxUnavailable();
    return ProcessSandbox.over(tree, await this.means(adapter));
  }

  /** The confinement in use; undefined when none works. */
  adapter(): Promise<SandboxAdapter | undefined> {
    this.chosen ??= this.choose().then((adapter) => {
      // What did not work may work when the administrator has done something about it.
      if (!adapter) this.chosen = undefined;
      return adapter;
    });
    return this.chosen;
  }

  private async means(adapter: SandboxAdapter): Promise<SandboxMeans> {
    return { adapter, limits: this.limits, node: await reachableNode() };
  }

  private async choose(): Promise<SandboxAdapter | undefined> {
    await ControlGroup.sweep();
    for (const adapter of ADAPTERS) {
      const reason = await this.fault(adapter);
      if (reason === undefined) {
        this.logger.log({ message: 'sandbox chosen', adapter: adapter.name });
        return adapter;
      }
      if (this.ending.signal.aborted) return undefined;
      this.logger.warn({ message: 'sandbox does not work here', adapter: adapter.name, reason });
    }
    return undefined;
  }

  /** Why an adapter cannot be used, tried with a command that needs all of it. */
  private async fault(adapter: SandboxAdapter): Promise<string | undefined> {
    const tree = await mkdtemp(join(tmpdir(), 'yudai-sandbox-'));
    let output = '';
    try {
      const sandbox = await ProcessSandbox.over(tree, await this.means(adapter));
      const result = await sandbox.run('touch probe && node --version', {
        seconds: PROBE_SECONDS,
        signal: this.ending.signal,
        onOutput: (_stream, text) => {
          output += text;
        },
      });
      return result.exitCode === 0 ? undefined : output.trim().slice(-300) || `exit code ${result.exitCode}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  }
}
