/** A commit that fixed something. */
export interface Fix {
  readonly sha: string;
  /** What its branch was at before. */
  readonly parent: string;
  readonly fixedAt: Date;
  /** The issue that it closes, if it names one. */
  readonly issue: number | null;
  readonly message: string;
  /** All that it changed, under every name. */
  readonly changed: readonly string[];
  /** The files it was about, as far as they were there. */
  readonly gold: readonly string[];
}

/** What is measured, and the commit before all of it. */
export interface ChosenFixes {
  /** Newest first. */
  readonly fixes: readonly Fix[];
  readonly snapshot: string;
}

/** A fix of more was about none of them. */
const MOST_FILES = 4;

/**
 * The newest fixes, and the commit before the oldest of them: neither its tree nor its history knows of any. `newestFirst`
 * has no commit before one that came of it. Commits that close one issue are one fix; an issue that was already fixed in
 * part before all of the others is left out, since the history would tell.
 */
export function chooseFixes(newestFirst: readonly Fix[], most: number): ChosenFixes | null {
  const place = new Map(newestFirst.map(({ sha }, at) => [sha, at]));
  const placeOf = (fix: Fix | undefined): number => place.get(fix?.sha ?? '') ?? -1;
  const groups = [...Map.groupBy(newestFirst, ({ issue, sha }) => issue ?? sha).values()];
  const fitting = groups.filter((group) => fits(filesOf(group))).slice(0, most);
  const end = Math.max(-1, ...fitting.map(([newest]) => placeOf(newest)));
  const chosen = fitting.filter((group) => placeOf(group.at(-1)) <= end);
  const oldest = newestFirst[Math.max(-1, ...chosen.map((group) => placeOf(group.at(-1))))];
  if (!oldest) return null;
  const fixes = chosen.flatMap((group) => {
    const [newest] = group;
    const changed = [...new Set(group.flatMap((fix) => fix.changed))];
    return newest ? [{ ...newest, changed, gold: filesOf(group) }] : [];
  });
  return { fixes, snapshot: oldest.parent };
}

const filesOf = (group: readonly Fix[]): string[] => [...new Set(group.flatMap(({ gold }) => gold))].sort();
const fits = ({ length }: readonly string[]): boolean => length >= 1 && length <= MOST_FILES;
