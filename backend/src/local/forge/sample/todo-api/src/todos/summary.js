import { isOverdue } from '../dates.js';

/** How many are open, done and overdue. */
export function summarise(todos, now) {
  const open = todos.filter((todo) => !todo.done);
  return {
    open: open.length,
    done: todos.length - open.length,
    overdue: open.filter((todo) => isOverdue(todo.due, now)).length,
  };
}
