import type { Browser } from 'playwright-core';
import { Product } from './product.ts';
import type { Tally } from './tally.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

/** What every test is given. */
export interface Play {
  readonly product: Product;
  /** A browser of somebody's own, closed when the test is over. */
  readonly visit: (options?: VisitorOptions) => Promise<Visitor>;
  /** Another product for what would disturb the tests after this one, stopped when the test is over. */
  readonly another: () => Promise<Pick<Play, 'product' | 'visit'>>;
}

type Act = (play: Play) => Promise<void>;

const longest = 10 * 60_000;
const plays: Named[] = [];

/** A test and what it is called. */
export interface Named {
  readonly name: string;
  readonly act: Act;
}

/** Names one test in the browser. Every complaint of the browser fails it. */
export function play(name: string, act: Act): void {
  plays.push({ name, act });
}

/** The tests that were named since this was last asked. */
export const named = (): readonly Named[] => plays.splice(0);

/** Runs tests one after the other on one product. */
export async function perform(
  tests: readonly Named[],
  { browser, product, tally }: { readonly browser: Browser; readonly product: Product; readonly tally: Tally },
): Promise<void> {
  for (const { name, act } of tests) {
    tally.doing(name);
    const visitors: Visitor[] = [];
    const others: Product[] = [];
    const visitOf =
      (visited: Product) =>
      async (options: VisitorOptions = {}): Promise<Visitor> => {
        const visitor = await Visitor.open(browser, visited, options);
        visitors.push(visitor);
        return visitor;
      };
    const another = async (): Promise<Pick<Play, 'product' | 'visit'>> => {
      const started = await Product.start();
      others.push(started);
      return { product: started, visit: visitOf(started) };
    };
    try {
      await within(longest, act({ product, visit: visitOf(product), another }));
      for (const visitor of visitors) visitor.refuseComplaints();
      tally.pass();
    } catch (error) {
      for (const visitor of visitors) await visitor.shootFailure(name);
      tally.fail(error);
    } finally {
      for (const visitor of visitors) await visitor.close();
      for (const other of others) await other.stop();
      await product.noFaults();
    }
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${ms / 60_000} minutes.`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
