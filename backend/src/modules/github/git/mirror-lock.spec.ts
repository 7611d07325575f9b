import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withLock } from './mirror-lock.js';

describe('the lock of a mirror', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yudai-lock-'));
    file = join(folder, 'mirrors', 'one.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const work = (): Promise<number> => Promise.resolve(42);
  const patient = { patienceMs: 20_000 };
  /** Takes it; whoever is told to may leave it. */
  async function held(): Promise<{ leave: () => void; left: Promise<unknown> }> {
    const { promise: stay, resolve: leave } = Promise.withResolvers<undefined>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const left = withLock(file, patient, () => {
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
      await delay(5);
      inside--;
      if (n % 2) throw new Error('failed');
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, n) => withLock(file, patient, () => careful(n))));
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('is waited for, but not for ever, and not by those who give up', async () => {
    const { leave, left } = await held();
    await expect(withLock(file, { patienceMs: 300 }, work)).rejects.toMatchObject({ code: 'github.mirror-busy' });
    const gone = new AbortController();
    const waiting = withLock(file, { ...patient, signal: gone.signal }, work);
    setTimeout(() => gone.abort(new Error('gone')), 150);
    await expect(waiting).rejects.toThrow('gone');
    const next = withLock(file, patient, work);
    leave();
    await expect(next).resolves.toBe(42);
    await left;
  });

  it('stays with whoever is heard of', async () => {
    const { leave, left } = await held();
    const impatient = { patienceMs: 4_000, staleMs: 3_000 };
    await expect(withLock(file, impatient, work)).rejects.toMatchObject({ code: 'github.mirror-busy' });
    leave();
    await left;
  });

  it('of somebody who is not heard of any more is nobody’s', async () => {
    mkdirSync(dirname(file));
    writeFileSync(file, 'gone');
    await expect(withLock(file, { ...patient, staleMs: 300 }, work)).resolves.toBe(42);
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it('is not taken away by one who was taken for gone and comes back late', async () => {
    const { leave, left } = await held();
    writeFileSync(file, 'somebody else');
    leave();
    await left;
    expect(existsSync(file)).toBe(true);
  });
});
