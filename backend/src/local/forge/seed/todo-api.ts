import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { timestamp } from '../clock.js';
import { ObjectWriter } from '../git/objects.js';
import type { SeedRepository } from './seed-repository.js';
import { PEOPLE } from './ownership.js';

type Files = ReadonlyMap<string, Buffer>;

interface Step {
  readonly message: string;
  readonly author: number;
  readonly date: string;
  /** Beginnings of the paths that this commit brings. */
  readonly brings: readonly string[];
}

/** How the sample came about; each commit holds what the ones before it brought, the last one everything. */
const HISTORY: readonly Step[] = [
  {
    message:
      'Begin a service for shared to-do lists\n\nPlain Node.js, no dependencies; settings come from the environment.',
    author: 0,
    date: '2026-08-03T08:12:00Z',
    brings: ['package.json', '.gitignore', '.editorconfig', 'README.md', 'src/config.js', 'src/log.js'],
  },
  {
    message:
      'Keep to-dos in one JSON file\n\nWritten beside the old file and renamed, so that a crash leaves one of the two.',
    author: 1,
    date: '2026-08-17T13:40:00Z',
    brings: [
      'src/dates.js',
      'src/todos/store.js',
      'src/todos/filter.js',
      'src/todos/sort.js',
      'src/todos/tags.js',
      'test/dates.test.js',
    ],
  },
  {
    message: 'Route requests, read bodies and limit clients',
    author: 0,
    date: '2026-09-09T10:05:00Z',
    brings: ['src/http/', 'test/router.test.js'],
  },
  {
    message:
      'Serve to-dos in pages, and a summary of them\n\nA cursor instead of page numbers: what is added while somebody reads is not shown twice.',
    author: 1,
    date: '2026-10-21T15:22:00Z',
    brings: ['src/', 'test/'],
  },
  {
    message: 'Describe the routes and the way through the code',
    author: 2,
    date: '2026-11-12T09:31:00Z',
    brings: [''],
  },
];
const UNRELEASED =
  '# Changelog\n\n## 1.5.0 (not released)\n\n- `GET /health` will say since when the service is running.\n';

const issueSchema = z.object({ title: z.string(), body: z.string(), labels: z.array(z.string()), author: z.string() });
const SAMPLE = join(import.meta.dirname, '..', 'sample');

/** The sample: a service with a test suite, a real bug, and an open issue about it. */
export function todoApi(): SeedRepository {
  const files = readFiles(join(SAMPLE, 'todo-api'));
  const issues = z.array(issueSchema).parse(JSON.parse(readFileSync(join(SAMPLE, 'issues.json'), 'utf8')));
  return {
    owner: 'acme',
    name: 'todo-api',
    private: false,
    archived: false,
    description: 'A small HTTP service for shared to-do lists.',
    language: 'JavaScript',
    stars: 42,
    createdAt: HISTORY[0]?.date ?? '',
    pushedAt: '2026-11-20T16:04:00Z',
    fill: (path) => writeHistory(new ObjectWriter(path), files),
    issues: issues.map((issue, index) => ({
      ...issue,
      at: timestamp(new Date(Date.UTC(2026, 10, 13 + index, 11, 20))),
    })),
  };
}

function writeHistory(writer: ObjectWriter, all: Files): ReadonlyMap<string, string> {
  const present = new Map<string, Buffer>();
  let head: string | undefined;
  for (const { message, author, date, brings } of HISTORY) {
    for (const [path, content] of all) if (brings.some((start) => path.startsWith(start))) present.set(path, content);
    head = commit(writer, { files: present, message, author, date, parent: head });
  }
  const changelog = all.get('CHANGELOG.md')?.toString('utf8').replace('# Changelog\n', UNRELEASED) ?? UNRELEASED;
  const next = new Map(present).set('CHANGELOG.md', Buffer.from(changelog));
  const step = { files: next, message: 'Plan the next version', author: 1, date: '2026-11-20T16:04:00Z', parent: head };
  return new Map([...(head ? [['refs/heads/main', head] as const] : []), ['refs/heads/next', commit(writer, step)]]);
}

function commit(
  writer: ObjectWriter,
  step: { files: Files; message: string; author: number; date: string; parent: string | undefined },
): string {
  const author = PEOPLE[step.author];
  if (!author) throw new Error('The history names somebody who is not there.');
  const parents = step.parent ? [step.parent] : [];
  return writer.commit({ files: step.files, parents, author, date: new Date(step.date), message: step.message });
}

function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]));
}
