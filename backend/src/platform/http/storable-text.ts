import { z } from 'zod';
import { stripInvisible } from '../text/invisible.js';

/** A text as people send it. PostgreSQL's texts hold no NUL, so none is taken. */
export const storableText = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes('\0'), 'must not contain NUL');

/** What people write for others to read: kept without what nobody sees. Names of things elsewhere are kept as they are. */
export const writtenText = (longest: number) => storableText(longest).overwrite(stripInvisible);
