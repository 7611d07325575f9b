import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** 8 bits a channel, with a palette. */
const FORMAT = [8, 3, 0, 0, 0];

/** A square PNG of two colours (RGB), drawn pixel by pixel. */
export function png(
  pixels: number,
  colors: readonly [Buffer, Buffer],
  isSet: (x: number, y: number) => boolean,
): Buffer {
  const rows = Buffer.alloc(pixels * (pixels + 1));
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) rows[y * (pixels + 1) + x + 1] = isSet(x, y) ? 1 : 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  header.set(FORMAT, 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.concat(colors)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
