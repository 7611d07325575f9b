import { DataSource } from 'typeorm';
import { SolvesRepository } from '../../src/modules/solver/repositories/solves.repository.js';
import { onRealServers } from '../support/index.js';
import { start } from './solving.js';
import { type ScriptedStack, startScriptedStack } from './stack-with-script.js';

const MOST = 2;

onRealServers('workers that claim solves at once', () => {
  let on: ScriptedStack;
  let solves: SolvesRepository;
  let ids: string[];

  beforeAll(async () => {
    on = await startScriptedStack();
    solves = on.api.get(SolvesRepository);
    ids = [];
    for (let n = 0; n < 5; n++) ids.push((await start(on.member, on.issueId)).id);
  }, 300_000);

  afterAll(() => on.stack.stop());

  const giveBack = () => on.stack.sql("UPDATE solves SET lease_until = NULL, status = 'queued'");

  it('take together as many as may run, and not one more', async () => {
    for (let round = 0; round < 20; round++) {
      const claims = await Promise.all(ids.map((id) => solves.claim(id, MOST, 60)));
      expect(claims.filter((lease) => lease !== null).length).toBeLessThanOrEqual(MOST);
      await giveBack();
    }
    expect(await solves.claim(ids[0] ?? '', MOST, 60)).not.toBeNull();
    await giveBack();
  });

  it('do not wait for the table being vacuumed', async () => {
    const vacuum = await new DataSource({ type: 'postgres', url: on.stack.databaseUrl }).initialize();
    await vacuum.transaction(async (tx) => {
      // The lock that VACUUM and ANALYZE take.
      await tx.query('LOCK TABLE solves IN SHARE UPDATE EXCLUSIVE MODE');
      expect(await solves.claim(ids[0] ?? '', MOST, 60)).not.toBeNull();
    });
    await vacuum.destroy();
  });
});
