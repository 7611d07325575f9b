/** A moment in the form that GitHub uses: ISO 8601 in UTC, to the second. */
export function timestamp(date = new Date()): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
