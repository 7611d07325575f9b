import { Injectable } from '@nestjs/common';
import { GitMirror } from '../../github/index.js';
import { linesOf } from '../text/lines.js';
import { relocate } from '../text/relocate.js';
import { decode } from '../text/skip-policy.js';
import type { CitedLines } from './citation-checker.js';

/** Lines of a commit. */
export interface PinnedLines extends CitedLines {
  readonly commit: string;
}

/** How lines of an older commit stand at a newer one. */
export interface Anchor {
  /** They read otherwise in their place. */
  readonly stale: boolean;
  /** Where they are instead; null where they are found no more, and where they have not moved. */
  readonly now: PinnedLines | null;
}

type Tree = ReadonlyMap<string, { readonly oid: string; readonly size: number | null }>;
type Texts = (oid: string, size: number | null) => Promise<readonly string[] | undefined>;

const SAME: Anchor = { stale: false, now: null };
const GONE: Anchor = { stale: true, now: null };
const REMEMBERED = 5_000;
/** Bytes; what is longer is not looked through. */
const LARGEST = 1_000_000;

/** Finds lines of older commits again. Commits never change, so neither do the answers. */
@Injectable()
export class CitationAnchors {
  private readonly known = new Map<string, Anchor>();

  constructor(private readonly mirrors: GitMirror) {}

  /** In the order asked; undefined where it cannot be told, because this machine does not have the commit. */
  async at(
    repositoryId: string,
    commit: string,
    cited: readonly PinnedLines[],
  ): Promise<readonly (Anchor | undefined)[]> {
    const keys = cited.map((lines) => JSON.stringify([repositoryId, commit, lines]));
    const open = cited.filter((lines, at) => lines.commit !== commit && !this.known.has(keys[at] ?? ''));
    const found = open.length > 0 ? await this.look(repositoryId, commit, open) : new Map<PinnedLines, Anchor>();
    if (this.known.size > REMEMBERED) this.known.clear();
    return cited.map((lines, at) => {
      if (lines.commit === commit) return SAME;
      const key = keys[at] ?? '';
      const anchor = found.get(lines) ?? this.known.get(key);
      if (anchor) this.known.set(key, anchor);
      return anchor;
    });
  }

  private async look(
    repositoryId: string,
    commit: string,
    cited: readonly PinnedLines[],
  ): Promise<Map<PinnedLines, Anchor>> {
    const found = new Map<PinnedLines, Anchor>();
    const byCommit = Map.groupBy(cited, (one) => one.commit);
    const held = await this.mirrors.held(repositoryId, [commit, ...byCommit.keys()]);
    const older = [...byCommit].filter(([from]) => held.has(from));
    if (older.length === 0 || !held.has(commit)) return found;
    const now = await this.treeOf(repositoryId, commit);
    const reader = this.mirrors.openBlobs(repositoryId);
    try {
      const texts = remembering(async (oid) => decode((await reader.read(oid)) ?? Buffer.alloc(0)));
      for (const [from, lines] of older) {
        const then = await this.treeOf(repositoryId, from);
        for (const one of lines) found.set(one, await anchorOf(one, commit, { then, now }, texts));
      }
      return found;
    } finally {
      reader.close();
    }
  }

  private async treeOf(repositoryId: string, commit: string): Promise<Tree> {
    const entries = await this.mirrors.listTree(repositoryId, commit);
    return new Map(entries.filter(({ mode }) => mode.startsWith('100')).map((entry) => [entry.path, entry]));
  }
}

async function anchorOf(
  { path, startLine, endLine }: PinnedLines,
  commit: string,
  { then, now }: { then: Tree; now: Tree },
  texts: Texts,
): Promise<Anchor> {
  const [before, after] = [then.get(path), now.get(path)];
  if (!before) return GONE;
  if (before.oid === after?.oid) return SAME;
  if (!after) {
    const renamed = [...now].filter(([, { oid }]) => oid === before.oid);
    const [to] = renamed;
    return to && renamed.length === 1 ? moved({ path: to[0], startLine, endLine, commit }) : GONE;
  }
  const [old, lines] = [await texts(before.oid, before.size), await texts(after.oid, after.size)];
  const place = old && lines && relocate(old.slice(startLine - 1, endLine), lines, startLine);
  if (!place) return GONE;
  return place.startLine === startLine ? SAME : moved({ path, ...place, commit });
}

const moved = (now: PinnedLines): Anchor => ({ stale: true, now });

/** Each text once; nothing for what is too large or no text. */
function remembering(read: (oid: string) => Promise<string | null>): Texts {
  const known = new Map<string, readonly string[] | undefined>();
  return async (oid, size) => {
    if (size === null || size > LARGEST) return undefined;
    if (!known.has(oid)) {
      const text = await read(oid);
      known.set(oid, text === null ? undefined : linesOf(text));
    }
    return known.get(oid);
  };
}
