import type { Model } from './model.js';
import { ModelThread } from './model-thread.js';
import type { ThreadAnswer, ThreadWork } from './thread-protocol.js';

/** Who waits: a person with a question goes before files, and cutting one before embedding, so that there is always a text to embed. */
const URGENCIES: readonly ThreadWork['kind'][] = ['question', 'cut', 'embed'];

interface Waiting {
  readonly work: ThreadWork;
  readonly resolve: (answer: Promise<ThreadAnswer>) => void;
}

/**
 * A model in several threads, each of which reads a text on one processor: two texts at once take less time than one after the
 * other on two, since no thread waits for its half of a layer (`npm run bench -- indexing`).
 */
export class ModelPool {
  private readonly threads: readonly ModelThread[];
  private readonly idle: ModelThread[];
  private readonly waiting: Readonly<Record<ThreadWork['kind'], Waiting[]>> = { question: [], cut: [], embed: [] };

  constructor(model: Model, size: number) {
    this.threads = Array.from({ length: size }, () => new ModelThread(model));
    this.idle = [...this.threads];
  }

  /** Resolves when each thread has the model. @throws DomainError `embeddings.model` where its files are not what they must be. */
  async started(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.started()));
  }

  ask(work: ThreadWork): Promise<ThreadAnswer> {
    return new Promise((resolve) => {
      this.waiting[work.kind].push({ work, resolve });
      this.assign();
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.stop()));
  }

  private assign(): void {
    for (let thread = this.idle[0]; thread; thread = this.idle[0]) {
      const next = this.next();
      if (!next) return;
      this.idle.shift();
      next.resolve(this.answer(thread, next.work));
    }
  }

  private next(): Waiting | undefined {
    for (const kind of URGENCIES) {
      const next = this.waiting[kind].shift();
      if (next) return next;
    }
    return undefined;
  }

  private async answer(thread: ModelThread, work: ThreadWork): Promise<ThreadAnswer> {
    try {
      return await thread.ask(work);
    } finally {
      this.idle.push(thread);
      this.assign();
    }
  }
}
