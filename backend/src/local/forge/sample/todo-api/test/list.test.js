import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './helpers.js';

async function titles(send, query) {
  const { body } = await send('GET', `/todos?${query}`);
  return body.items.map((todo) => todo.title);
}

async function startWithThree() {
  const send = start();
  await send('POST', '/todos', { title: 'Buy soil', due: '2026-03-12', tags: ['garden'] });
  await send('POST', '/todos', { title: 'Answer Ann', notes: 'about the garden party' });
  const { body } = await send('POST', '/todos', { title: 'Cut the hedge', due: '2026-03-01', tags: ['garden'] });
  await send('PATCH', `/todos/${body.id}`, { done: true });
  return send;
}

test('a list can be narrowed by state, tag and text', async () => {
  const send = await startWithThree();
  assert.deepEqual((await titles(send, 'done=true&sort=title')).sort(), ['Cut the hedge']);
  assert.deepEqual(await titles(send, 'tag=Garden&sort=title'), ['Buy soil', 'Cut the hedge']);
  assert.deepEqual(await titles(send, 'text=PARTY'), ['Answer Ann']);
});

test('a list can be sorted; what has no day goes last', async () => {
  const send = await startWithThree();
  assert.deepEqual(await titles(send, 'sort=due'), ['Cut the hedge', 'Buy soil', 'Answer Ann']);
  assert.deepEqual(await titles(send, 'sort=title'), ['Answer Ann', 'Buy soil', 'Cut the hedge']);
});

test('what a list request gets wrong is named', async () => {
  const { status, body } = await start()('GET', '/todos?sort=colour&limit=0&done=perhaps&after=x');
  assert.equal(status, 422);
  assert.deepEqual(Object.keys(body.error.fields), ['sort', 'limit', 'done', 'after']);
});
