import { git } from '../../../platform/git/git.js';
import type { BareRepository, Refs } from '../git/bare-repository.js';
import { SOURCE_REFS } from '../git/storage.js';

/**
 * Brings branches and tags to where the source has them now. What was pushed here stays: a ref follows its source only as
 * long as it is where the source last had it.
 * @returns whether anything was changed
 */
export async function mirrorRefs(bare: BareRepository, source: Refs): Promise<boolean> {
  const here = await bare.refs();
  const deletions: string[] = [];
  const updates: string[] = [];
  const move = (ref: string, to: string | undefined): void => {
    if (here.get(ref) === to) return;
    if (to === undefined) deletions.push(`delete ${ref}`);
    else updates.push(`update ${ref} ${to}`);
  };
  const remembered = [...here.keys()].filter((ref) => ref.startsWith(SOURCE_REFS)).map(publicName);
  for (const ref of new Set([...source.keys(), ...remembered])) {
    const now = source.get(ref);
    if (here.get(ref) === here.get(rememberedName(ref))) move(ref, now);
    move(rememberedName(ref), now);
  }
  // Deletions go first: `a` has to be gone before there can be `a/b`.
  for (const commands of [deletions, updates]) {
    if (commands.length === 0) continue;
    const input = commands.map((command) => `${command}\n`).join('');
    await git(['--git-dir', bare.path, 'update-ref', '--stdin'], { input });
  }
  if (updates.length > 0) await bare.text('pack-refs', '--all');
  return deletions.length + updates.length > 0;
}

const rememberedName = (ref: string): string => SOURCE_REFS + ref.slice('refs/'.length);
const publicName = (ref: string): string => `refs/${ref.slice(SOURCE_REFS.length)}`;
