import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, start } from './helpers.js';

test('a new to-do is open and knows when it was made', async () => {
  const send = start();
  const { status, headers, body } = await send('POST', '/todos', { title: 'Water the plants', tags: [' Home '] });
  assert.equal(status, 201);
  assert.equal(headers.location, `/todos/${body.id}`);
  assert.deepEqual(
    { ...body, id: '' },
    {
      id: '',
      title: 'Water the plants',
      notes: '',
      due: null,
      tags: ['home'],
      done: false,
      createdAt: NOON.toISOString(),
    },
  );
});

test('a to-do can be changed, read and removed', async () => {
  const send = start();
  const { body } = await send('POST', '/todos', { title: 'Call the bank' });
  await send('PATCH', `/todos/${body.id}`, { done: true });
  assert.equal((await send('GET', `/todos/${body.id}`)).body.done, true);
  assert.equal((await send('DELETE', `/todos/${body.id}`)).status, 204);
  assert.equal((await send('GET', `/todos/${body.id}`)).status, 404);
});

test('fields that cannot be used are named', async () => {
  const send = start();
  const { status, body } = await send('POST', '/todos', { title: '', due: '2026-02-30', colour: 'red' });
  assert.equal(status, 422);
  assert.deepEqual(Object.keys(body.error.fields), ['title', 'due', 'colour']);
});

test('an address that does not exist is 404', async () => {
  assert.equal((await start()('GET', '/nothing')).status, 404);
});
