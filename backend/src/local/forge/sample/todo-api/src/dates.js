const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a text is a day of the calendar: `2026-02-30` has the form, and is none. */
export function isDay(text) {
  const parts = typeof text === 'string' ? DAY.exec(text) : null;
  if (!parts) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Whether the day is over, in UTC. */
export function isOverdue(due, now) {
  return due !== null && due < now.toISOString().slice(0, 10);
}
