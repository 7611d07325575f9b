/** Lower case, no blanks around, each once. */
export function cleanTags(tags) {
  return [...new Set(tags.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ''))];
}
