import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** Smaller ones fit into a packet as they are. */
const WORTH_BYTES = 1_024;

type Encoding = 'br' | 'gzip';

const ENCODERS: Readonly<Record<Encoding, (text: Buffer) => Promise<Buffer>>> = {
  br: (text) => promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify(gzip),
};

/**
 * Sends the text files of a folder compressed, for where no proxy does it. Each is compressed once, when it is first
 * asked for. What is not listed at the start, or is asked for in another way, is left to the next handler.
 */
export function compressedFiles(dir: string, setHeaders: (res: Response, path: string) => void): RequestHandler {
  const names = new Set(readdirSync(dir).filter((name) => extname(name) in TYPES));
  const done = new Map<string, Promise<Buffer | undefined>>();

  const compressed = (name: string, encoding: Encoding): Promise<Buffer | undefined> => {
    const key = `${encoding} ${name}`;
    let body = done.get(key);
    if (!body) {
      body = readFile(join(dir, name)).then((text) =>
        text.length < WORTH_BYTES ? undefined : ENCODERS[encoding](text),
      );
      body.catch(() => done.delete(key));
      done.set(key, body);
    }
    return body;
  };

  return async (req: Request, res: Response, next): Promise<void> => {
    const name = req.path.slice(1);
    const isPlain = (req.method === 'GET' || req.method === 'HEAD') && req.headers.range === undefined;
    const encoding = isPlain && names.has(name) ? req.acceptsEncodings('br', 'gzip') : false;
    const body = encoding === 'br' || encoding === 'gzip' ? await compressed(name, encoding) : undefined;
    if (!body) {
      next();
      return;
    }
    setHeaders(res, name);
    res.setHeader('Content-Encoding', String(encoding));
    res.setHeader('Vary', 'Accept-Encoding');
    res.setHeader('Content-Type', TYPES[extname(name)] ?? '');
    res.send(body);
  };
}
