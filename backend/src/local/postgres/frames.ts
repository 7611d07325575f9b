/**
 * Framing of the PostgreSQL protocol, version 3 ("Message Formats" of PostgreSQL's documentation): a type byte, a length
 * that counts itself, a body. The first message of a connection has no type byte.
 */

/** Types of messages that a client sends. */
export const CLIENT = {
  bind: 0x42, // B
  close: 0x43, // C
  describe: 0x44, // D
  copyDone: 0x63, // c
  copyData: 0x64, // d
  copyFail: 0x66, // f
  flush: 0x48, // H
  parse: 0x50, // P
  query: 0x51, // Q
  sync: 0x53, // S
  terminate: 0x58, // X
} as const;

/** Types of messages that the server sends. */
export const SERVER = {
  copyInResponse: 0x47, // G
  errorResponse: 0x45, // E
  notification: 0x41, // A
  readyForQuery: 0x5a, // Z
} as const;

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const LARGEST_MESSAGE = 256 * 1024 * 1024;

export type Opening =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'startup'; readonly message: Buffer; readonly parameters: ReadonlyMap<string, string> };

/** Cuts what arrives into messages; keeps what is not whole yet without copying it again and again. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;
  private needed = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The next message before the connection is open; undefined while it is not whole. */
  opening(): Opening | undefined {
    const buffer = this.joined(8);
    if (!buffer) return undefined;
    const length = buffer.readInt32BE(0);
    const message = this.take(length);
    if (!message) return undefined;
    const code = message.readInt32BE(4);
    if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'encryption' };
    if (code === CANCEL_REQUEST) return { kind: 'cancel' };
    return { kind: 'startup', message, parameters: startupParameters(message) };
  }

  /** The next message of an open connection; undefined while it is not whole. */
  next(): Buffer | undefined {
    const header = this.joined(5);
    if (!header) return undefined;
    return this.take(1 + header.readInt32BE(1));
  }

  private joined(least: number): Buffer | undefined {
    if (this.size < Math.max(least, this.needed)) return undefined;
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0];
  }

  private take(length: number): Buffer | undefined {
    if (length < 4 || length > LARGEST_MESSAGE) throw new RangeError(`a message of ${length} bytes`);
    this.needed = length;
    const buffer = this.joined(length);
    if (!buffer) return undefined;
    this.needed = 0;
    this.size -= length;
    this.chunks = this.size > 0 ? [buffer.subarray(length)] : [];
    return buffer.subarray(0, length);
  }
}

function startupParameters(message: Buffer): Map<string, string> {
  const words = message.toString('utf8', 8).split('\0');
  const parameters = new Map<string, string>();
  for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2) parameters.set(words[i] ?? '', words[i + 1] ?? '');
  return parameters;
}

/** A message from its type and the parts of its body. */
export function frame(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(5);
  header[0] = type;
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** A string as the protocol has it. */
export const cString = (text: string): Buffer => Buffer.from(`${text}\0`);

/** The string that begins at `start`, and where the next member begins. */
export function readCString(message: Buffer, start: number): { readonly text: string; readonly next: number } {
  const end = message.indexOf(0, start);
  return { text: message.toString('utf8', start, end), next: end + 1 };
}

export function errorResponse(sqlState: string, message: string): Buffer {
  return frame(SERVER.errorResponse, Buffer.from(`SERROR\0VERROR\0C${sqlState}\0M${message}\0\0`));
}

/** `I` idle, `T` in a transaction, `E` in a failed one. */
export const readyForQuery = (status: 'I' | 'T' | 'E'): Buffer => frame(SERVER.readyForQuery, Buffer.from(status));

/** Cuts a server's answer into messages. */
export function* serverMessages(bytes: Buffer): Generator<Buffer, void> {
  for (let at = 0; at + 5 <= bytes.length;) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}
