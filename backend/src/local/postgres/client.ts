import type { Socket } from 'node:net';
import { CLIENT, errorResponse, FrameReader, readyForQuery } from './frames.js';
import type { Multiplexer } from './multiplexer.js';
import { BusyError } from './scheduler.js';
import { SessionSettings } from './session-settings.js';
import { StatementNames } from './statement-names.js';

/** A transaction that its client has forgotten must not block everybody for ever. */
const LONGEST_IDLE_IN_TRANSACTION_MS = 60_000;

/** Messages that end a unit of work. Nothing of another client may come between the messages of a unit. */
const ENDS_UNIT = new Set<number>([CLIENT.sync, CLIENT.query, CLIENT.flush, CLIENT.copyDone, CLIENT.copyFail]);

/** One connection: cuts what it sends into units of work and runs them one after another. */
export class Client {
  readonly settings = new SessionSettings();
  private readonly reader = new FrameReader();
  private readonly names: StatementNames;
  private unit: Buffer[] = [];
  private open = false;
  private status = 'I';
  private work: Promise<void> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  constructor(
    id: number,
    private readonly socket: Socket,
    private readonly multiplexer: Multiplexer,
  ) {
    this.names = new StatementNames(id);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.then(() => this.leave()));
  }

  send(bytes: Buffer): void {
    if (this.socket.writable) this.socket.write(bytes);
  }

  destroy(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.reader.push(chunk);
    try {
      while (this.open ? this.message() : this.opening());
    } catch {
      // not the PostgreSQL protocol
      this.socket.destroy();
    }
  }

  /** @returns whether there may be more to read. */
  private opening(): boolean {
    const opening = this.reader.opening();
    if (!opening) return false;
    if (opening.kind === 'encryption') this.send(Buffer.from('N'));
    else if (opening.kind === 'cancel') this.socket.end();
    else {
      this.open = true;
      this.then(() => this.run([opening.message], true));
    }
    return opening.kind !== 'cancel';
  }

  private message(): boolean {
    const message = this.reader.next();
    if (!message) return false;
    const type = message[0] ?? 0;
    if (type === CLIENT.terminate) {
      this.socket.end();
      return false;
    }
    this.settings.note(message);
    this.unit.push(this.names.rewrite(message));
    if (ENDS_UNIT.has(type)) {
      const unit = this.unit;
      this.unit = [];
      this.then(() => this.run(unit, type !== CLIENT.flush));
    }
    return true;
  }

  private then(step: () => Promise<void>): void {
    this.work = this.work.then(step).catch((error: unknown) => {
      process.stderr.write(
        `postgres: a connection failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
      );
      this.socket.destroy();
    });
  }

  /** `mayEnd`: whether the backend may go to another client afterwards, if no transaction is open. */
  private async run(unit: readonly Buffer[], mayEnd: boolean): Promise<void> {
    clearTimeout(this.idle);
    const { scheduler } = this.multiplexer;
    try {
      await scheduler.acquire(this);
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      this.send(Buffer.concat([errorResponse(error.sqlState, error.message), readyForQuery('I')]));
      return;
    }
    try {
      const { bytes, status } = await this.multiplexer.run(this, Buffer.concat(unit));
      this.status = status ?? this.status;
      this.send(bytes);
    } catch (error) {
      scheduler.release(this);
      throw error;
    }
    if (mayEnd && this.status === 'I') scheduler.release(this);
    else this.idle = setTimeout(() => this.socket.destroy(), LONGEST_IDLE_IN_TRANSACTION_MS);
  }

  /** Undoes what the connection leaves open. */
  private async leave(): Promise<void> {
    clearTimeout(this.idle);
    const { multiplexer } = this;
    try {
      await multiplexer.scheduler.acquire(this);
      if (this.status !== 'I') await multiplexer.execute('ROLLBACK');
      for (const name of this.names.all) {
        await multiplexer.execute(`DEALLOCATE "${name.replaceAll('"', '""')}"`).catch(() => undefined);
      }
    } finally {
      multiplexer.remove(this);
      multiplexer.scheduler.release(this);
    }
  }
}
