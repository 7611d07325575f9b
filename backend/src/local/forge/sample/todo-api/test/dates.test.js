import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay, isOverdue } from '../src/dates.js';

test('only days of the calendar are days', () => {
  assert.ok(isDay('2028-02-29'));
  for (const text of ['2027-02-29', '2026-13-01', '2026-1-1', 'tomorrow', '', null, 20260101]) {
    assert.ok(!isDay(text), String(text));
  }
});

test('a to-do is overdue once its day is over', () => {
  const now = new Date('2026-03-10T23:59:59Z');
  assert.ok(isOverdue('2026-03-09', now));
  assert.ok(!isOverdue('2026-03-10', now));
  assert.ok(!isOverdue(null, now));
});
