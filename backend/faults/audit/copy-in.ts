import { once } from 'node:events';
import type { Client } from 'pg';

/** The part of pg's connection that COPY needs; its types do not name it. */
interface CopyConnection {
  readonly stream: NodeJS.WritableStream & { readonly writableNeedDrain: boolean };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** `COPY … FROM STDIN`, fed as fast as the server takes it. */
export function copyIn(client: Client, statement: string, lines: Iterable<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const copy = {
      submit: (connection: CopyConnection): void => connection.query(statement),
      handleCopyInResponse(connection: CopyConnection): void {
        feed(connection, lines).catch((error: unknown) => connection.sendCopyFail(String(error)));
      },
      handleCommandComplete: (): void => undefined,
      handleError: (error: Error): void => reject(error),
      handleReadyForQuery: (): void => resolve(),
    };
    client.query(copy as never);
  });
}

async function feed(connection: CopyConnection, lines: Iterable<string>): Promise<void> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < 1_000_000) continue;
    connection.sendCopyFromChunk(Buffer.from(text));
    text = '';
    if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
  }
  connection.sendCopyFromChunk(Buffer.from(text));
  connection.endCopyFrom();
}

/** A value as a column of COPY's text format. */
export function column(value: string | null): string {
  if (value === null) return '\\N';
  return value.replace(
    /[\\\t\n\r]/g,
    (sign) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[sign] ?? sign,
  );
}
