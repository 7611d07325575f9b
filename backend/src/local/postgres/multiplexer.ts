import type { PGlite } from '@electric-sql/pglite';
import type { Client } from './client.js';
import { readCString, SERVER, serverMessages } from './frames.js';
import { BackendScheduler } from './scheduler.js';

const LONGEST_WAIT_MS = 30_000;

export interface Answer {
  /** What goes to the client that asked. */
  readonly bytes: Buffer;
  /** Of the last ReadyForQuery in it. */
  readonly status: string | undefined;
}

/** Lets many connections use PGlite's single backend as if each had one of its own. */
export class Multiplexer {
  readonly scheduler = new BackendScheduler<Client>(LONGEST_WAIT_MS);
  private readonly clients = new Set<Client>();
  private settledFor: Client | undefined;
  private settingsInForce = false;

  constructor(private readonly database: PGlite) {}

  get size(): number {
    return this.clients.size;
  }

  add(client: Client): void {
    this.clients.add(client);
  }

  remove(client: Client): void {
    this.clients.delete(client);
    if (this.settledFor === client) this.settledFor = undefined;
  }

  closeAll(): void {
    for (const client of this.clients) client.destroy();
  }

  /** Runs one unit of work of the client that holds the backend, with that client's settings in force. */
  async run(client: Client, unit: Buffer): Promise<Answer> {
    await this.settle(client);
    const raw = await this.database.runExclusive(() => this.database.execProtocolRaw(new Uint8Array(unit)));
    if (!client.settings.isEmpty) this.settingsInForce = true;
    return this.route(Buffer.from(raw.buffer, raw.byteOffset, raw.length));
  }

  /** Statements of our own, between the units of clients. */
  async execute(sql: string): Promise<void> {
    await this.database.exec(sql);
  }

  private async settle(client: Client): Promise<void> {
    if (this.settledFor === client) return;
    if (this.settingsInForce || !client.settings.isEmpty) {
      await this.database.exec(client.settings.script);
      this.settingsInForce = !client.settings.isEmpty;
    }
    this.settledFor = client;
  }

  /** Notifications go to whoever listens, not to whoever happened to run when they came out. */
  private route(bytes: Buffer): Answer {
    const kept: Buffer[] = [];
    let status: string | undefined;
    for (const message of serverMessages(bytes)) {
      if (message[0] === SERVER.notification) this.notify(message);
      else kept.push(message);
      if (message[0] === SERVER.readyForQuery) status = String.fromCharCode(message[5] ?? 0);
    }
    return { bytes: Buffer.concat(kept), status };
  }

  private notify(message: Buffer): void {
    const channel = readCString(message, 9).text;
    const copy = Buffer.from(message);
    for (const client of this.clients) if (client.settings.channels.has(channel)) client.send(copy);
  }
}
