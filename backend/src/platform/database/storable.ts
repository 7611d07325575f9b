/** What PostgreSQL takes in text and JSON neither as characters nor as escapes: NUL, and halves of surrogate pairs. */
const UNSTORABLE = /[\p{Surrogate}\u0000]/gu;

/** Text of unknown origin as the database takes it; what it cannot hold becomes U+FFFD. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}

/** JSON of a value whose texts are of unknown origin, for a `jsonb` parameter. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (typeof member === 'string' ? storableText(member) : member));
}
