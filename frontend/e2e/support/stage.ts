import type { Browser } from 'playwright-core';
import type { Product } from './product.ts';
import type { Tally } from './tally.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

/** What every test is given. */
export interface Play {
  readonly product: Product;
  /** A browser of somebody's own, closed when the test is over. */
  readonly visit: (options?: VisitorOptions) => Promise<Visitor>;
}

type Act = (play: Play) => Promise<void>;

const longest = 10 * 60_000;
const plays: { readonly name: string; readonly act: Act }[] = [];

/** Names one test in the browser. Every complaint of the browser fails it. */
export function play(name: string, act: Act): void {
  plays.push({ name, act });
}

/** Runs every named test, one after the other. */
export async function perform(browser: Browser, product: Product, tally: Tally): Promise<void> {
  for (const { name, act } of plays) {
    tally.doing(name);
    const visitors: Visitor[] = [];
    const visit = async (options: VisitorOptions = {}): Promise<Visitor> => {
      const visitor = await Visitor.open(browser, product, options);
      visitors.push(visitor);
      return visitor;
    };
    try {
      await within(longest, act({ product, visit }));
      for (const visitor of visitors) visitor.refuseComplaints();
      tally.pass();
    } catch (error) {
      for (const visitor of visitors) await visitor.shootFailure(name);
      tally.fail(error);
    } finally {
      for (const visitor of visitors) await visitor.close();
      await product.noFaults();
    }
  }
}

/** Without a browser no test has run, and none has passed. */
export function skipAll(tally: Tally): void {
  plays.forEach(() => tally.skip());
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
