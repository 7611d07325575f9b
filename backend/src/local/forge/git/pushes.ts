import { timestamp } from '../clock.js';
import type { Forge } from '../forge.js';
import type { Answer } from '../http/answer.js';
import type { Account } from '../state/accounts.js';
import type { Repository } from '../state/repositories.js';
import type { Refs } from './bare-repository.js';
import { changesBetween } from './ref-change.js';

const BRANCH = 'refs/heads/';

/** What follows from a change of branches: one change of a repository after another, so that each is seen by itself. */
export class Pushes {
  private readonly turns = new Map<number, Promise<void>>();

  constructor(private readonly forge: Forge) {}

  path(repository: Repository): string {
    return this.forge.storage.path(repository);
  }

  /** Lets `push` run, whose answer ends when git is done, and tells the world what it has changed before that end. */
  async during(repository: Repository, user: Account, push: () => Promise<Answer>): Promise<Answer> {
    const leave = await this.enter(repository.id);
    try {
      const bare = this.forge.storage.repository(repository);
      const before = await bare.refs();
      const answer = await push();
      const told = async (): Promise<void> => {
        await this.tell(repository, user, before, await bare.refs());
      };
      return { ...answer, body: followed(answer.body, told, leave) };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** The same for a change that the forge makes itself. */
  async after<T>(repository: Repository, user: Account, change: () => Promise<T>): Promise<T> {
    const leave = await this.enter(repository.id);
    try {
      const bare = this.forge.storage.repository(repository);
      const before = await bare.refs();
      const result = await change();
      await this.tell(repository, user, before, await bare.refs());
      return result;
    } finally {
      leave();
    }
  }

  private async tell(repository: Repository, user: Account, before: Refs, after: Refs): Promise<void> {
    const { repositories, pulls } = this.forge.state;
    const changes = changesBetween(before, after);
    if (changes.length === 0) return;
    const at = timestamp();
    repositories.touchPushed(repository.id, at);
    for (const { ref, after: sha } of changes) {
      if (sha && ref.startsWith(BRANCH)) pulls.moveHead(repository.id, ref.slice(BRANCH.length), sha, at);
    }
    await this.forge.events.pushed(repositories.byId(repository.id) ?? repository, changes, user);
  }

  /** Waits for one's turn. @returns ends it */
  private async enter(id: number): Promise<() => void> {
    const before = this.turns.get(id);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const turn = Promise.all([before, promise]).then(() => undefined);
    this.turns.set(id, turn);
    await before;
    return () => {
      resolve(undefined);
      if (this.turns.get(id) === turn) this.turns.delete(id);
    };
  }
}

async function* followed(
  body: Answer['body'],
  told: () => Promise<void>,
  leave: () => void,
): AsyncGenerator<Buffer, void> {
  try {
    if (typeof body === 'string' || Buffer.isBuffer(body)) yield Buffer.from(body);
    else if (body) yield* body;
  } finally {
    // git has changed its refs even when the client did not wait for the answer.
    await told().finally(leave);
  }
}
