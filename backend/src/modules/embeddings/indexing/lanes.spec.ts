import { inLanes } from './lanes.js';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('lanes', () => {
  it('work through everything, never more at once than there are lanes', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await inLanes(
      3,
      Array.from({ length: 20 }, (_, at) => at),
      async (item) => {
        most = Math.max(most, ++now);
        await soon();
        now--;
        done.push(item);
      },
    );
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(most).toBe(3);
  });

  it('begin nothing after a failure, and are at rest when it is thrown', async () => {
    const begun: number[] = [];
    let running = 0;
    const work = inLanes(2, [1, 2, 3, 4, 5, 6], async (item) => {
      begun.push(item);
      running++;
      await soon();
      running--;
      if (item === 2) throw new Error('the second');
    });
    await expect(work).rejects.toThrow('the second');
    expect(running).toBe(0);
    expect(begun.length).toBeLessThan(6);
  });

  it('are done at once with nothing', async () => {
    await expect(inLanes(2, [], () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
  });
});
