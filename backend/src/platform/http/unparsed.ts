import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { newId } from '../database/ids.js';
import { toProblem } from '../errors/problem.js';
import { sizeError, type SizeProblem } from '../errors/size-error.js';

/** The answer that is under way on a connection, as Node.js keeps it. */
type Connection = Socket & { readonly _httpMessage?: { readonly _headerSent?: boolean } };

/** Answers what is no HTTP, or not in time, with a problem document: no request of it ever reaches the application. */
export function answerUnparsed(app: NestExpressApplication): void {
  const server: Server = app.getHttpServer();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Connection) => {
    // Into an answer that has begun, nothing is written.
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?._headerSent) socket.destroy();
    else socket.end(answer(error.code));
  });
}

function answer(code: string | undefined): string {
  const requestId = newId();
  const problem = toProblem(sizeError(problemOf(code)), '', requestId);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

function problemOf(code: string | undefined): SizeProblem {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'slow' : 'unreadable';
}
