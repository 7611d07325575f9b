import type { AddressInfo, Server } from 'node:net';
import { LocalServerError } from './child.js';

/** Local servers answer this machine only. */
export const HOST = '127.0.0.1';

/**
 * Makes a server listen on loopback. @returns the port, which is a free one for 0
 * @throws LocalServerError for a port in use, or one that may not be taken
 */
export async function listen(server: Server, port: number, what: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    throw explained(error as NodeJS.ErrnoException, port, what);
  });
  return (server.address() as AddressInfo).port;
}

function explained(error: NodeJS.ErrnoException, port: number, what: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new LocalServerError(`Port ${port} is in use by another program, so ${what} cannot start there.`);
  }
  if (error.code === 'EACCES')
    return new LocalServerError(`Port ${port} may not be used by this user, so ${what} cannot start there.`);
  return error;
}
