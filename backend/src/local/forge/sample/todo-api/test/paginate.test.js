import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addTodos, start } from './helpers.js';

/** Reads page after page, as a client does, and returns the titles of each. */
async function readPages(send, limit) {
  const pages = [];
  let next = null;
  do {
    const { body } = await send('GET', `/todos?limit=${limit}${next ? `&after=${next}` : ''}`);
    pages.push(body.items.map((todo) => todo.title));
    next = body.next;
  } while (next);
  return pages;
}

test('a short list is one page without a next', async () => {
  const send = start();
  await addTodos(send, 3);
  const { body } = await send('GET', '/todos');
  assert.equal(body.items.length, 3);
  assert.equal(body.next, null);
  assert.equal(body.total, 3);
});

test('full pages follow each other and the last has no next', async () => {
  const send = start();
  await addTodos(send, 6);
  assert.deepEqual(
    (await readPages(send, 3)).map((page) => page.length),
    [3, 3],
  );
});

test('reading all pages shows every to-do once', async () => {
  const send = start();
  const added = await addTodos(send, 7);
  const shown = (await readPages(send, 3)).flat();
  assert.deepEqual(shown.sort(), added.map((todo) => todo.title).sort());
});

test('an empty list is one empty page', async () => {
  assert.deepEqual(await readPages(start(), 5), [[]]);
});
