const compareText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const ORDERS = {
  created: (a, b) => compareText(a.createdAt, b.createdAt),
  due: (a, b) => compareText(a.due ?? '9999-99-99', b.due ?? '9999-99-99'),
  title: (a, b) => a.title.localeCompare(b.title),
};

export const SORTS = Object.keys(ORDERS);

/** A sorted copy. Equal to-dos are ordered by id, so that pages do not change from one request to the next. */
export function inOrder(todos, sort) {
  return [...todos].sort((a, b) => ORDERS[sort](a, b) || compareText(a.id, b.id));
}
