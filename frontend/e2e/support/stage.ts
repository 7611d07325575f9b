import { test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Product } from './product.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

interface Stage {
  readonly browser: Browser;
  readonly product: Product;
}

let stage: Stage | undefined;
let absent = 'The stage was not set: run frontend/e2e/run.ts';

/** Set once, before the tests are loaded. */
export const setStage = (ready: Stage): void => void (stage = ready);

/** Why no test can be run. */
export const leaveStageEmpty = (reason: string): void => void (absent = reason);

/** What every test is given. */
export interface Play extends Stage {
  /** A browser of somebody's own, closed when the test is over. */
  readonly visit: (options?: VisitorOptions) => Promise<Visitor>;
}

/** One test in the browser; without a browser it is counted as not run. Every complaint of the browser fails it. */
export function play(name: string, act: (play: Play) => Promise<void>): void {
  test(name, { skip: stage ? false : absent, timeout: 300_000 }, async () => {
    if (!stage) return;
    const { product, browser } = stage;
    const visitors: Visitor[] = [];
    const visit = async (options: VisitorOptions = {}): Promise<Visitor> => {
      const visitor = await Visitor.open(browser, product, options);
      visitors.push(visitor);
      return visitor;
    };
    try {
      await act({ browser, product, visit });
      for (const visitor of visitors) visitor.refuseComplaints();
    } catch (error) {
      for (const visitor of visitors) await visitor.shootFailure(name);
      throw error;
    } finally {
      await product.noFaults();
      for (const visitor of visitors) await visitor.close();
    }
  });
}
