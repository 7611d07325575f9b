import { randomUUID } from 'node:crypto';
import type { Queue } from 'bull';
import { v7 } from 'uuid';
import { newId } from '../database/ids.js';
import type { WakeUp } from './queues.js';
import { Relay } from './relay.js';

class RelayOf extends Relay {
  constructor(
    queue: Queue<WakeUp>,
    private readonly ids: readonly string[],
  ) {
    super(queue);
  }

  protected due(): Promise<string[]> {
    return Promise.resolve([...this.ids]);
  }
}

describe('a relay', () => {
  it('leaves a row that was made this moment to who made it, and wakes up for all others', async () => {
    const woken: string[] = [];
    const add = ({ id }: WakeUp): Promise<void> => Promise.resolve(void woken.push(id));
    const queue = { name: 'publish', add } as unknown as Queue<WakeUp>;
    const [fresh, older, foreign] = [newId(), v7({ msecs: Date.now() - 10_000 }), randomUUID()];
    const relay = new RelayOf(queue, [fresh, older, foreign]);
    relay.onApplicationBootstrap();
    await relay.onModuleDestroy();
    expect(woken).toEqual([older, foreign]);
  });
});
