/** Whether a to-do is among those that were asked for; what is null was not asked. */
export function matches(todo, { done, tag, text }) {
  if (done !== null && todo.done !== done) return false;
  if (tag !== null && !todo.tags.includes(tag.trim().toLowerCase())) return false;
  return text === null || contains(todo, text.trim().toLowerCase());
}

function contains({ title, notes }, text) {
  return title.toLowerCase().includes(text) || notes.toLowerCase().includes(text);
}
