import { isDay } from '../dates.js';
import { invalid } from '../http/errors.js';
import { decodeCursor } from './paginate.js';
import { SORTS } from './sort.js';
import { cleanTags } from './tags.js';

const LONGEST_TITLE = 200;
const LONGEST_NOTES = 5_000;
const MOST_TAGS = 10;

const RULES = {
  title: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_TITLE,
  notes: (value) => typeof value === 'string' && value.length <= LONGEST_NOTES,
  due: (value) => value === null || isDay(value),
  tags: (value) => Array.isArray(value) && value.length <= MOST_TAGS && value.every((tag) => typeof tag === 'string'),
  done: (value) => typeof value === 'boolean',
};

const MESSAGES = {
  title: `must be a text of 1 to ${LONGEST_TITLE} characters`,
  notes: `must be a text of at most ${LONGEST_NOTES} characters`,
  due: 'must be a day like 2026-12-31, or null',
  tags: `must be a list of at most ${MOST_TAGS} words`,
  done: 'must be true or false',
};

/** The fields of a new to-do. */
export function checkNew(body) {
  const fields = check(body, ['title', 'notes', 'due', 'tags']);
  if (fields.title === undefined) throw invalid({ title: MESSAGES.title });
  return { notes: '', due: null, tags: [], ...fields };
}

/** The fields that a change brings. */
export function checkChange(body) {
  return check(body, Object.keys(RULES));
}

function check(body, allowed) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw invalid({ '': 'must be an object' });
  const problems = {};
  for (const [name, value] of Object.entries(body)) {
    if (!allowed.includes(name)) problems[name] = 'is not known';
    else if (!RULES[name](value)) problems[name] = MESSAGES[name];
  }
  if (Object.keys(problems).length > 0) throw invalid(problems);
  return body.tags ? { ...body, tags: cleanTags(body.tags) } : { ...body };
}

/** What a list request asks for, with the defaults filled in. */
export function checkQuery(query, pageSize) {
  const problems = {};
  const sort = query.get('sort') ?? 'created';
  if (!SORTS.includes(sort)) problems.sort = `must be one of ${SORTS.join(', ')}`;
  const limit = Number(query.get('limit') ?? pageSize);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) problems.limit = 'must be a whole number from 1 to 100';
  const done = query.get('done');
  if (done !== null && !['true', 'false'].includes(done)) problems.done = MESSAGES.done;
  const after = query.has('after') ? decodeCursor(query.get('after')) : null;
  if (after === undefined) problems.after = 'is not a cursor of ours';
  if (Object.keys(problems).length > 0) throw invalid(problems);
  return {
    sort,
    limit,
    after,
    done: done === null ? null : done === 'true',
    tag: query.get('tag'),
    text: query.get('text'),
  };
}
