import { z } from 'zod';

/** A yes or no in a query string: `true` or `false`. */
export const queryFlag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean(),
);
