import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createThrottle } from '../src/http/throttle.js';
import { start } from './helpers.js';

test('a client that spent its tokens waits for the next', () => {
  let time = 0;
  const throttle = createThrottle({ perMinute: 2, clock: () => time });
  assert.equal(throttle.spend('a'), 0);
  assert.equal(throttle.spend('a'), 0);
  assert.equal(throttle.spend('a'), 30);
  assert.equal(throttle.spend('b'), 0);
  time = 30_000;
  assert.equal(throttle.spend('a'), 0);
});

test('too many requests are refused with the time to wait', async () => {
  const send = start({ throttle: createThrottle({ perMinute: 1, clock: () => 0 }) });
  assert.equal((await send('GET', '/health')).status, 200);
  const { status, headers } = await send('GET', '/health');
  assert.equal(status, 429);
  assert.equal(headers['retry-after'], '60');
});
