import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError, loadConfig } from '../../platform/config/config.js';
import { LocalServerError } from '../support/child.js';
import { DataFolder, explain } from './data-folder.js';
import { MIGRATIONS, type Place, planProduct, planServers } from './plans.js';
import { portFault, Ports } from './ports.js';
import { say, showing } from './progress.js';
import { secretsOf } from './secrets.js';
import { readSettings, type Settings } from './settings.js';
import { type ChildPlan, SupervisedChild } from './supervised-child.js';

/** Everything on one machine: stand-ins for what is not named by a URL, then the product itself. */
export class Launcher {
  private readonly children: SupervisedChild[] = [];
  private stopped: Promise<void> | undefined;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  /** Resolves when the page can be opened. @throws LocalServerError with what a person can do */
  async start(): Promise<void> {
    const settings = readSettings(this.env);
    await needPort(settings.port);
    const place = open(settings);
    const { servers, env } = await planServers(place, this.env);
    check(env);
    await showing(`Starting ${servers.map(({ name }) => name).join(', ')}`, this.startAll(servers));
    await showing('Bringing the database up to date', migrate(place, env));
    await showing('Starting the api and the worker', this.startAll(planProduct(place, env)));
    say(announcement(settings, env));
  }

  /** The product first, then what it stands on. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      const [product, servers] = [this.children.slice(-2), this.children.slice(0, -2)];
      await Promise.all(product.map((child) => child.stop()));
      await Promise.all(servers.map((child) => child.stop()));
    })();
    return this.stopped;
  }

  kill(): void {
    for (const child of this.children) child.kill();
  }

  private async startAll(plans: readonly ChildPlan[]): Promise<void> {
    if (this.stopped) return;
    const children = plans.map((plan) => new SupervisedChild(plan));
    this.children.push(...children);
    const outcomes = await Promise.allSettled(children.map((child) => child.start()));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
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
