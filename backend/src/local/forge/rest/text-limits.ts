import type { FieldError } from '../http/refusal.js';

/** GitHub's own limits, in characters. */
const LONGEST_TITLE = 256;
const LONGEST_BODY = 65_536;

/** What GitHub refuses of a title and a body though its description does not say so. */
export function textErrors(
  resource: string,
  { title, body }: { readonly title: string; readonly body?: string | null | undefined },
): FieldError[] {
  const errors: FieldError[] = [];
  if (title.trim() === '') errors.push({ resource, field: 'title', code: 'missing_field' });
  if (title.length > LONGEST_TITLE) errors.push(tooLong(resource, 'title', LONGEST_TITLE));
  if ((body ?? '').length > LONGEST_BODY) errors.push(tooLong(resource, 'body', LONGEST_BODY));
  return errors;
}

function tooLong(resource: string, field: string, most: number): FieldError {
  return { resource, field, code: 'custom', message: `${field} is too long (maximum is ${most} characters)` };
}
