import { z } from 'zod';

/** A text as people send it. PostgreSQL's texts hold no NUL, so none is taken. */
export const storableText = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes('\0'), 'must not contain NUL');
