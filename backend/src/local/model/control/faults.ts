import { z } from 'zod';

/**
 * - `slow`: `ms` between deltas, the first at once
 * - `hang`: `after` deltas, then nothing, with the connection open
 * - `cut`: `after` deltas, then the connection is reset
 * - `error`: 500 at once; with `after`, an error event after so many deltas
 * - `rate-limited`: 429 with Retry-After of `ms`
 * - `telltale`: 401 that repeats the caller's key
 * - `bad-citation`: the answer also cites lines that do not exist
 * - `skip-fix`: a recorded solve leaves out its fixing step and claims success all the same; `times` counts solves
 */
export const FAULT_KINDS = [
  'slow',
  'hang',
  'cut',
  'error',
  'rate-limited',
  'telltale',
  'bad-citation',
  'skip-fix',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

const faultSchema = z.object({
  kind: z.enum(FAULT_KINDS),
  times: z.number().int().min(1).max(10_000).default(1),
  ms: z.number().int().min(0).max(600_000).optional(),
  after: z.number().int().min(0).max(10_000).optional(),
  /** Only for requests whose messages contain this text. */
  match: z.string().min(1).max(1_000).optional(),
});

export type Fault = z.output<typeof faultSchema>;

/** What a request wants of the model. */
export type Purpose = 'chat' | 'draft' | 'solve';

/** Faults that make sense for one purpose only. */
const ONLY_FOR: Readonly<Partial<Record<FaultKind, Purpose>>> = { 'bad-citation': 'chat', 'skip-fix': 'solve' };

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

  /** The first fault that fits a request, which is one use of it; `skip-fix` is used up by `use`, when its solve ends. */
  take(prompt: string, purpose: Purpose): Fault | undefined {
    const fits = ({ kind, match }: Fault): boolean =>
      (ONLY_FOR[kind] ?? purpose) === purpose && (!match || prompt.includes(match));
    const fault = this.waiting.find(fits);
    if (fault && fault.kind !== 'skip-fix') this.use(fault);
    return fault;
  }

  /** Counts one use. Counted in place, so that a fault keeps its identity while its solve goes on. */
  use(fault: Fault): void {
    fault.times -= 1;
    if (fault.times <= 0) this.waiting = this.waiting.filter((item) => item !== fault);
  }
}
