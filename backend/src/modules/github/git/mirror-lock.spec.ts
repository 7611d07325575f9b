import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './mirror-lock.js';

describe('the lock of a mirror', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yudai-lock-'));
    file = join(folder, 'mirrors', 'one.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const work = (): Promise<string> => Promise.resolve('done');
  /** Takes it, and says when; whoever is told to may leave it. */
  async function taken(): Promise<{ leave: () => void; left: Promise<unknown> }> {
    const { promise: stay, resolve: leave } = Promise.withResolvers<undefined>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const left = withLock(file, () => {
      begin(undefined);
      return stay;
    });
    await begun;
    return { leave: () => leave(undefined), left };
  }

  it('lets one after the other work, also when the work fails', async () => {
    let [inside, most] = [0, 0];
    const careful = async (n: number): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      if (n % 2) throw new Error('failed');
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, n) => withLock(file, () => careful(n))));
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('is waited for, but not for ever, and not by those who give up', async () => {
    const { leave, left } = await taken();
    await expect(withLock(file, work, { patienceMs: 300 })).rejects.toMatchObject({ code: 'github.mirror-busy' });
    const gone = new AbortController();
    const waiting = withLock(file, work, { signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow();
    const patient = withLock(file, work);
    leave();
    await expect(patient).resolves.toBe('done');
    await left;
  });

  it('of somebody who was not heard of for a while is nobody’s', async () => {
    const { leave, left } = await taken();
    const long = new Date(Date.now() - 20_000);
    utimesSync(file, long, long);
    await expect(withLock(file, work, { patienceMs: 0 })).resolves.toBe('done');
    // Who comes back late does not take it away from whoever has it now.
    writeFileSync(file, 'somebody else');
    leave();
    await left;
    expect(existsSync(file)).toBe(true);
  });
});
