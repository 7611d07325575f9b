import { z } from 'zod';

/**
 * - `reset`: the connection is reset before anything is done
 * - `lost-reply`: everything is done, then the connection is reset
 * - `500`: refused with 500, nothing is done
 * - `telltale`: refused with 500, whose body repeats the caller's credentials, nothing is done
 * - `secondary`: GitHub's secondary rate limit, with Retry-After of `retryAfter` seconds; nothing is done
 * - `unnamed`: the secondary limit without a time to wait; nothing is done
 * - `primary`: GitHub's primary rate limit, over in `retryAfter` seconds; nothing is done
 * - `latency`: `ms` before anything is done
 * - `slow`: everything is done, and answered `ms` later
 */
export const FAULT_KINDS = [
  'reset',
  'lost-reply',
  '500',
  'telltale',
  'secondary',
  'unnamed',
  'primary',
  'latency',
  'slow',
] as const;

const faultSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  /** A regular expression over `METHOD /path`; the path of a REST call is matched with and without `/api`. */
  match: z.string().min(1).max(1_000).refine(isPattern, 'match is no regular expression').default('.'),
  times: z.number().int().min(1).max(10_000).default(1),
  ms: z.number().int().min(0).max(600_000).optional(),
  retryAfter: z.number().int().min(0).max(86_400).optional(),
});

export type Fault = z.output<typeof faultSchema>;

/** The faults that were switched on and are not used up. */
export class Faults {
  private waiting: readonly Fault[] = [];

  /** @throws ZodError */
  add(body: unknown): Fault {
    const fault = faultSchema.parse(body);
    this.waiting = [...this.waiting, fault];
    return fault;
  }

  clear(): void {
    this.waiting = [];
  }

  list(): readonly Fault[] {
    return this.waiting;
  }

  /** The first fault that fits a request, which is one use of it. */
  take(method: string, path: string): Fault | undefined {
    const names = [`${method} ${path}`, `${method} ${path.replace(/^\/api\//, '/')}`];
    const fault = this.waiting.find(({ match }) => names.some((name) => new RegExp(match).test(name)));
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.waiting = this.waiting.filter((item) => item !== fault);
    return fault;
  }
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
