import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Keeps to-dos in memory; `save` is called with all of them after each change. */
export function createStore({ todos = [], save = async () => {} } = {}) {
  const byId = new Map(todos.map((todo) => [todo.id, todo]));
  const all = () => [...byId.values()];

  async function keep(todo) {
    byId.set(todo.id, todo);
    await save(all());
    return todo;
  }

  return {
    all,
    get: (id) => byId.get(id),
    add: (fields, at) => keep({ id: randomUUID(), done: false, ...fields, createdAt: at.toISOString() }),
    change: (id, fields, at) => keep({ ...byId.get(id), ...fields, changedAt: at.toISOString() }),
    async remove(id) {
      byId.delete(id);
      await save(all());
    },
  };
}

/** A store that survives a restart. Changes are written one after the other, each to a new file that replaces the old. */
export async function openStore(path) {
  let writing = Promise.resolve();
  const write = async (todos) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(todos, null, 2));
    await rename(`${path}.new`, path);
  };
  const save = (todos) => (writing = writing.catch(() => {}).then(() => write(todos)));
  return createStore({ todos: await load(path), save });
}

async function load(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw new Error(`${path} cannot be read: ${error.message}`);
  }
}
