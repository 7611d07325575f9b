import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from './helpers.js';

test('the summary counts open, done and overdue', async () => {
  const send = start();
  await send('POST', '/todos', { title: 'Late', due: '2026-03-01' });
  await send('POST', '/todos', { title: 'In time', due: '2026-03-20' });
  const { body } = await send('POST', '/todos', { title: 'Done', due: '2026-03-01' });
  await send('PATCH', `/todos/${body.id}`, { done: true });
  assert.deepEqual((await send('GET', '/todos/summary')).body, { open: 2, done: 1, overdue: 1 });
});
