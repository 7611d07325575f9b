import { notFound } from '../http/errors.js';
import { matches } from '../todos/filter.js';
import { paginate } from '../todos/paginate.js';
import { inOrder } from '../todos/sort.js';
import { summarise } from '../todos/summary.js';
import { checkChange, checkNew, checkQuery } from '../todos/validate.js';

const ok = (body, status = 200) => ({ status, headers: {}, body });

export function todoRoutes({ store, pageSize, now }) {
  function existing(id) {
    const todo = store.get(id);
    if (!todo) throw notFound(`There is no to-do ${id}.`);
    return todo;
  }

  function list({ query }) {
    const wanted = checkQuery(query, pageSize);
    const found = store.all().filter((todo) => matches(todo, wanted));
    return ok(paginate(inOrder(found, wanted.sort), wanted));
  }

  async function add({ body }) {
    const todo = await store.add(checkNew(body), now());
    return { ...ok(todo, 201), headers: { location: `/todos/${todo.id}` } };
  }

  async function change({ params, body }) {
    existing(params.id);
    return ok(await store.change(params.id, checkChange(body), now()));
  }

  async function remove({ params }) {
    existing(params.id);
    await store.remove(params.id);
    return { status: 204, headers: {} };
  }

  return [
    { method: 'GET', path: '/todos', handler: list },
    { method: 'POST', path: '/todos', handler: add },
    { method: 'GET', path: '/todos/summary', handler: () => ok(summarise(store.all(), now())) },
    { method: 'GET', path: '/todos/:id', handler: ({ params }) => ok(existing(params.id)) },
    { method: 'PATCH', path: '/todos/:id', handler: change },
    { method: 'DELETE', path: '/todos/:id', handler: remove },
  ];
}
