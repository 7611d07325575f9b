import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../../test/support/index.js';

const PATHS = ['/api/auth/me', '/api/sessions'];
const PAUSE_MS = 20;

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Requests one after another from several clients; what was sent before `stop` must be answered. */
export class Load {
  private isOver = false;
  private accepted = 0;
  private readonly failed: string[] = [];
  private readonly running: Promise<unknown>[];

  constructor(clients: readonly ApiClient[]) {
    this.running = clients.map((client, n) => this.read(client, PATHS[n % PATHS.length] ?? ''));
  }

  /** One more request that counts. */
  add(request: Promise<Answer>): void {
    this.running.push(this.count(request));
  }

  /** Nothing is sent any more. */
  stop(): void {
    this.isOver = true;
  }

  async ended(): Promise<{ accepted: number; failed: readonly string[] }> {
    await Promise.all(this.running);
    return { accepted: this.accepted, failed: this.failed };
  }

  private async read(client: ApiClient, path: string): Promise<void> {
    while (!this.isOver) {
      await this.count(client.get(path));
      await delay(PAUSE_MS);
    }
  }

  private async count(request: Promise<Answer>): Promise<void> {
    this.accepted++;
    await request.then(
      ({ status, text }) => {
        if (status >= 300) this.failed.push(`${status} ${text}`);
      },
      (error: unknown) => this.failed.push(String(error)),
    );
  }
}
