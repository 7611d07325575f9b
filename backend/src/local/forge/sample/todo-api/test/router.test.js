import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouter } from '../src/http/router.js';

const router = createRouter([
  { method: 'GET', path: '/todos/summary', handler: 'summary' },
  { method: 'GET', path: '/todos/:id', handler: 'one' },
]);

test('fixed segments go before open ones', () => {
  assert.equal(router.find('GET', '/todos/summary').handler, 'summary');
  assert.deepEqual(router.find('GET', '/todos/a%20b/'), { handler: 'one', params: { id: 'a b' } });
});

test('another method or length is no match', () => {
  assert.equal(router.find('PUT', '/todos/1'), undefined);
  assert.equal(router.find('GET', '/todos/1/2'), undefined);
});
