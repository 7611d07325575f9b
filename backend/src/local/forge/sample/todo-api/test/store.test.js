import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openStore } from '../src/todos/store.js';
import { NOON } from './helpers.js';

let folder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('to-dos survive a restart', async () => {
  const path = join(folder, 'deep', 'todos.json');
  const store = await openStore(path);
  await Promise.all(['One', 'Two', 'Three'].map((title) => store.add({ title }, NOON)));
  const again = await openStore(path);
  assert.deepEqual(again.all(), store.all());
  assert.deepEqual(await readdir(join(folder, 'deep')), ['todos.json']);
});

test('a file that is not JSON is named, not overwritten', async () => {
  const path = join(folder, 'todos.json');
  await writeFile(path, '[{');
  await assert.rejects(openStore(path), /todos\.json cannot be read/);
});
