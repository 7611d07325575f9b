import { CLIENT, cString, frame, readCString } from './frames.js';

/**
 * Prepared statements and portals live in the one backend that all clients share, so each client's names get a prefix of
 * its own. The unnamed ones need none: a unit of work never leaves them to the next.
 */
export class StatementNames {
  private readonly names = new Set<string>();

  constructor(private readonly clientId: number) {}

  /** Statements to drop when the client goes. */
  get all(): IterableIterator<string> {
    return this.names.values();
  }

  /** The message with the client's own names in it. */
  rewrite(message: Buffer): Buffer {
    switch (message[0]) {
      case CLIENT.parse:
        return this.parse(message);
      case CLIENT.bind:
        return this.bind(message);
      case CLIENT.describe:
      case CLIENT.close:
        return this.describeOrClose(message);
      default:
        return message;
    }
  }

  private own(name: string): Buffer {
    return cString(name === '' ? '' : `c${this.clientId}_${name}`);
  }

  private parse(message: Buffer): Buffer {
    const { text: name, next } = readCString(message, 5);
    if (name === '') return message;
    this.names.add(`c${this.clientId}_${name}`);
    return frame(CLIENT.parse, this.own(name), message.subarray(next));
  }

  private bind(message: Buffer): Buffer {
    const portal = readCString(message, 5);
    const statement = readCString(message, portal.next);
    if (portal.text === '' && statement.text === '') return message;
    return frame(CLIENT.bind, this.own(portal.text), this.own(statement.text), message.subarray(statement.next));
  }

  private describeOrClose(message: Buffer): Buffer {
    const { text: name } = readCString(message, 6);
    return name === '' ? message : frame(message[0] ?? 0, message.subarray(5, 6), this.own(name));
  }
}
