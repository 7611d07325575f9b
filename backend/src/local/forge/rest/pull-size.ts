import type { BareRepository } from '../git/bare-repository.js';
import type { PullSize } from './present/pull.js';

/** Counts what `head` changes since it left `base`. */
export async function measure(bare: BareRepository, base: string, head: string): Promise<PullSize> {
  const numbers = await bare.text('diff', '--numstat', '--no-ext-diff', '--no-textconv', `${base}...${head}`);
  const files = numbers.split('\n').filter(Boolean);
  // A binary file has dashes in the place of numbers.
  const sum = (column: number): number =>
    files.reduce((total, line) => total + (Number(line.split('\t')[column]) || 0), 0);
  return {
    commits: await bare.countBetween(base, head),
    additions: sum(0),
    deletions: sum(1),
    changedFiles: files.length,
  };
}
