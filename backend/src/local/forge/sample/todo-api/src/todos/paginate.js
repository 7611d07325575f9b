/**
 * Cuts one page out of a sorted list.
 * The cursor names the last to-do of the page before, so that a page starts behind it whatever was added meanwhile.
 */
export function paginate(todos, { limit, after }) {
  const start = after === null ? 0 : todos.findIndex((todo) => todo.id === after) + 1;
  const items = todos.slice(start, start + limit);
  const more = start + limit < todos.length - 1;
  return { items, next: more ? encodeCursor(items.at(-1).id) : null, total: todos.length };
}

export function encodeCursor(id) {
  return Buffer.from(`v1:${id}`).toString('base64url');
}

/** The id in a cursor; undefined when the text is not one of our cursors. */
export function decodeCursor(text) {
  const [version, id] = Buffer.from(text, 'base64url').toString('utf8').split(':');
  return version === 'v1' && id ? id : undefined;
}
