import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A line to a server that a test can cut and mend again. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<{ proxy: Proxy; url: string }> {
    const target = new URL(url);
    const proxy: Proxy = new Proxy(createServer((socket) => proxy.join(socket, target)));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String((proxy.server.address() as AddressInfo).port);
    return { proxy, url: through.href };
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
  }

  private join(socket: Socket, target: URL): void {
    if (this.isCut) {
      socket.destroy();
      return;
    }
    const other = connect(Number(target.port), target.hostname);
    for (const [one, two] of [
      [socket, other],
      [other, socket],
    ] as const) {
      this.sockets.add(one);
      one.pipe(two);
      one
        .on('error', () => two.destroy())
        .on('close', () => {
          this.sockets.delete(one);
          two.destroy();
        });
    }
  }
}
