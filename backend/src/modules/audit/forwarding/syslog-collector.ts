import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditEntryView } from '../dto/audit.dto.js';
import type { Collector } from './collector.js';
import { syslogFrame } from './syslog-frame.js';

const STANDARD_PORTS: Readonly<Record<string, number>> = { 'syslog+tls:': 6_514, 'syslog+tcp:': 514 };
/** Longer than a way there and back: a collector that is gone has reset the connection by then. */
const SETTLE_MS = 200;

/**
 * Takes RFC 5424 messages over TCP or TLS (RFC 6587, octet counting). Syslog has no receipt, so each batch has a connection of
 * its own: we close our side, and the collector, having read to the end, closes the other. What ends in any other way was not
 * received.
 */
export class SyslogCollector implements Collector {
  readonly name: string;

  constructor(
    private readonly url: URL,
    private readonly host: string,
  ) {
    this.name = `${url.protocol}//${url.host}`;
  }

  async send(entries: readonly AuditEntryView[], signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const socket = this.connect();
    const abort = (): void => void socket.destroy(new Error('the collector took too long'));
    signal.addEventListener('abort', abort, { once: true });
    try {
      await receipt(socket, Buffer.concat(entries.map((entry) => syslogFrame(entry, this.host))));
    } finally {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    }
  }

  private connect(): Socket {
    const { protocol, hostname, port } = this.url;
    const host = hostname.replace(/^\[|\]$/g, '');
    const to = { host, port: Number(port) || (STANDARD_PORTS[protocol] ?? 0), allowHalfOpen: true };
    return protocol === 'syslog+tls:' ? connectTls({ ...to, servername: host }) : connectTcp(to);
  }
}

async function receipt(socket: Socket, payload: Buffer): Promise<void> {
  let isAllSent = false;
  const ended = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection to the collector broke')));
    socket.once('end', () =>
      isAllSent ? resolve() : reject(new Error('the collector closed the connection before it had everything')),
    );
  });
  ended.catch(() => undefined);
  socket.resume();
  const written = new Promise<void>((resolve, reject) =>
    socket.write(payload, (error) => (error ? reject(error) : resolve())),
  );
  await Promise.race([written, ended]);
  await Promise.race([pause(SETTLE_MS), ended]);
  isAllSent = true;
  socket.end();
  await ended;
}
