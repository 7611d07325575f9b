import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Anchor, AuditAnchors } from './audit-anchors.js';
import { AuditChain } from '../audit-chain.js';

const anchorOf = (seq: number): Anchor => ({ seq: String(seq), hash: `h${seq}`, at: '2026-01-01T00:00:00.000Z' });

describe('AuditAnchors', () => {
  let dir: string;
  let anchors: AuditAnchors;
  const file = (): string => join(dir, 'audit-anchor.jsonl');

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'anchors-'));
    const config = { DATA_DIR: dir, SECRET_KEY: 'k'.repeat(32) } as never;
    anchors = new AuditAnchors(config, new AuditChain(config));
  });

  afterEach(() => rm(dir, { recursive: true }));

  it('has none where none was written', async () => {
    await expect(anchors.newest()).resolves.toBeUndefined();
  });

  it('gives back what was noted, the newest or all', async () => {
    for (const seq of [3, 8, 21]) await anchors.append(anchorOf(seq));
    await expect(anchors.newest()).resolves.toEqual(anchorOf(21));
    const all: string[] = [];
    for await (const { seq } of anchors.all()) all.push(seq);
    expect(all).toEqual(['3', '8', '21']);
  });

  it('does not believe a line that was changed, made up or cut off', async () => {
    await anchors.append(anchorOf(3));
    await anchors.append(anchorOf(8));
    await writeFile(file(), (await readFile(file(), 'utf8')).replace('"h8"', '"h9"'));
    await appendFile(file(), `${JSON.stringify({ ...anchorOf(21), seal: 'x' })}\n{"seq":"22"`);
    await expect(anchors.newest()).resolves.toEqual(anchorOf(3));
  });
});
