import { createApp } from '../src/app.js';
import { createStore } from '../src/todos/store.js';

export const NOON = new Date('2026-03-10T12:00:00Z');

/** An app with an empty store, and a function that sends it requests. */
export function start(options = {}) {
  const app = createApp({ store: createStore(), now: () => NOON, ...options });
  return (method, url, body) => app.handle({ method, url, body, client: '192.0.2.1' });
}

/** Adds to-dos named `Todo 1`, `Todo 2`, … and returns them. */
export async function addTodos(send, count) {
  const added = [];
  for (let number = 1; number <= count; number += 1) {
    added.push((await send('POST', '/todos', { title: `Todo ${number}` })).body);
  }
  return added;
}
