import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError, loadConfig } from '../../platform/config/config.js';
import { LocalServerError } from '../support/child.js';
import { DataFolder, explain } from './data-folder.js';
import { MIGRATIONS, type Place, planApi, planServers, planWorker } from './plans.js';
import { portFault, Ports } from './ports.js';
import { say, showing } from './progress.js';
import { secretsOf } from './secrets.js';
import { readSettings, type Settings } from './settings.js';
import { type ChildPlan, SupervisedChild } from './supervised-child.js';

/** Everything on one machine: stand-ins for what is not named by a URL, then the product itself. */
export class Launcher {
  private readonly servers: SupervisedChild[] = [];
  private readonly product: SupervisedChild[] = [];
  /** What is waited for just now. */
  private readonly pending = new Set<string>();
  private stopped: Promise<void> | undefined;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /** Says when the page can be opened, and resolves when everything runs. @throws LocalServerError with what a person can do */
  async start(): Promise<void> {
    const settings = readSettings(this.env);
    await needPort(settings.port);
    const place = open(settings);
    const { stores, others, env } = await planServers(place, this.env);
    check(env);
    const everything = Promise.all([
      this.startApi(stores, place, env),
      ...others.map((plan) => this.startChild(plan, this.servers)),
    ]);
    await showing(() => `Starting ${[...this.pending].join(', ')}`, everything);
    say(announcement(settings, env));
    // Nobody needs it before they have signed in.
    await this.startChild(planWorker(place, env), this.product);
  }

  /** The product first, then what it stands on. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      await Promise.all(this.product.map((child) => child.stop()));
      await Promise.all(this.servers.map((child) => child.stop()));
    })();
    return this.stopped;
  }

  kill(): void {
    for (const child of [...this.product, ...this.servers]) child.kill();
  }

  private async startApi(stores: readonly ChildPlan[], place: Place, env: NodeJS.ProcessEnv): Promise<void> {
    await Promise.all(stores.map((plan) => this.startChild(plan, this.servers)));
    await this.awaited('the newest schema', migrate(place, env));
    await this.startChild(planApi(place, env), this.product);
  }

  private async startChild(plan: ChildPlan, kind: SupervisedChild[]): Promise<void> {
    // Asked to stop, or another has failed: nothing more is started.
    if (this.stopped) return;
    const child = new SupervisedChild(plan);
    kind.push(child);
    await this.awaited(plan.name, child.start());
  }

  private async awaited(name: string, work: Promise<void>): Promise<void> {
    this.pending.add(name);
    await work.finally(() => this.pending.delete(name));
  }
}

function open(settings: Settings): Place {
  const folder = new DataFolder(settings.folder);
  folder.open();
  try {
    return { settings, folder, secrets: secretsOf(folder.path), ports: new Ports(folder.path) };
  } catch (error) {
    throw explain(error, folder.path);
  }
}

async function needPort(port: number): Promise<void> {
  const fault = await portFault(port);
  if (fault === 'EADDRINUSE') {
    throw new LocalServerError(
      `Port ${port} is in use by another program. Stop that one, or choose another: PORT=${port + 1} npm start`,
    );
  }
  if (fault !== undefined)
    throw new LocalServerError(`Port ${port} cannot be used (${fault}). Choose another with PORT.`);
}

/** Said once and early, instead of by two processes that do not start. */
function check(env: NodeJS.ProcessEnv): void {
  try {
    loadConfig(env);
  } catch (error) {
    throw error instanceof ConfigError ? new LocalServerError(error.message) : error;
  }
}

async function migrate({ folder }: Place, env: NodeJS.ProcessEnv): Promise<void> {
  const log = join(folder.logs, 'migrations.log');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [MIGRATIONS], { env });
    appendFileSync(log, stdout);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    appendFileSync(log, stderr);
    throw new LocalServerError(`${stderr.trim() || 'The migrations failed.'} (Log: ${log})`);
  }
}

function announcement({ external }: Settings, { PUBLIC_URL = '' }: NodeJS.ProcessEnv): string {
  return `Yudai is at ${PUBLIC_URL} (sign in ${external.github ? 'with GitHub' : 'as admin, member or auditor'})`;
}
