import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const step = z.object({
  /** What the model says before it acts. */
  thought: z.string().min(1),
  /** Lines of a shell command. */
  command: z.array(z.string()).min(1),
  /** What the observation must contain for the recording to go on. */
  expect: z.string().optional(),
  /** The step that mends the fault. */
  fix: z.literal(true).optional(),
});

const recording = z.object({
  name: z.string(),
  /** An issue is the recorded one when it has a word of each group; regular expressions, lower case. */
  matches: z.array(z.array(z.string()).min(1)).min(2),
  steps: z.array(step).min(8),
  summary: z.string().min(1),
});

export type Recording = z.output<typeof recording>;
export type RecordedStep = z.output<typeof step>;

/**
 * Reads the recorded trajectories that lie beside this code.
 * @throws an error that names the file which is not one
 */
export function loadRecordings(folder = join(import.meta.dirname, '..', 'recorded')): Recording[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const { data, error } = recording.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if (!data) throw new Error(`${name} is not a recording: ${z.prettifyError(error)}`);
      return data;
    });
}

/** The recording of an issue. */
export function findRecording(recordings: readonly Recording[], issue: string): Recording | undefined {
  const text = issue.toLowerCase();
  return recordings.find(({ matches }) => matches.every((group) => group.some((word) => hasWord(text, word))));
}

/** At the beginning of a word: `page` is in "paged", not in "homepage". */
function hasWord(text: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word}`, 'u').test(text);
}
