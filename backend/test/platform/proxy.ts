import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** `cut`: no connection lives or comes about; `slow`: each answer comes later; `broken`: each answer ends in its middle. */
type State = 'whole' | 'cut' | 'slow' | 'broken';

/** A line to a server that a test can cut, slow down, break and mend again. */
export class Proxy {
  private readonly sockets = new Set<Socket>();
  private state: State = 'whole';
  private slowMs = 0;

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
    this.state = 'cut';
    for (const socket of this.sockets) socket.destroy();
  }

  slow(milliseconds: number): void {
    this.state = 'slow';
    this.slowMs = milliseconds;
  }

  break(): void {
    this.state = 'broken';
  }

  mend(): void {
    this.state = 'whole';
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((closed) => this.server.close(closed));
  }

  private join(client: Socket, target: URL): void {
    if (this.state === 'cut') {
      client.destroy();
      return;
    }
    const server = connect(Number(target.port), target.hostname);
    client.pipe(server);
    let told = Promise.resolve();
    server.on('data', (part: Buffer) => {
      told = told.then(() => this.pass(part, client));
    });
    server.on('end', () => void told.then(() => client.end()));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          this.sockets.delete(one);
          if (one === client || this.state === 'cut') other.destroy();
          else void told.then(() => other.destroy());
        });
    }
  }

  private async pass(part: Buffer, client: Socket): Promise<void> {
    if (this.state === 'slow') await new Promise((resolve) => setTimeout(resolve, this.slowMs));
    if (client.destroyed) return;
    if (this.state !== 'broken') {
      client.write(part);
      return;
    }
    await new Promise((resolve) => client.write(part.subarray(0, Math.ceil(part.length / 2)), resolve));
    client.destroy();
  }
}
