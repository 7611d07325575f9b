import { Worker } from 'node:worker_threads';
import { modelUnusable } from './model-files.js';
import type { ThreadAnswer, ThreadSettings, ThreadStart, ThreadTask, ThreadWork } from './thread-protocol.js';

interface Waiting {
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread with the model in it. Once it has ended it is of no more use; `ended` says so. */
export class EmbeddingThread {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private over: Error | undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (answer: ThreadAnswer) => this.settle(answer));
    worker.on('error', (error) => this.end(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => this.end(new Error('the embedding thread has ended')));
  }

  /** Resolves when the model is loaded. @throws DomainError `embeddings.model` when it cannot be. */
  static async start(settings: ThreadSettings): Promise<EmbeddingThread> {
    const worker = new Worker(new URL('./embedding.thread.js', import.meta.url), { workerData: settings });
    const start = await new Promise<ThreadStart>((resolve) => {
      worker.once('message', resolve);
      worker.once('error', (error: Error) => resolve({ ready: false, reason: error.message }));
      worker.once('exit', (code) => resolve({ ready: false, reason: `its thread ended with code ${code}` }));
    });
    if (!start.ready) {
      await worker.terminate();
      throw modelUnusable(start.reason);
    }
    worker.removeAllListeners();
    // A process with nothing else to do ends.
    worker.unref();
    return new EmbeddingThread(worker);
  }

  get ended(): boolean {
    return this.over !== undefined;
  }

  ask(work: ThreadWork): Promise<ThreadAnswer> {
    if (this.over) return Promise.reject(this.over);
    const task: ThreadTask = { id: ++this.lastId, ...work };
    return new Promise((resolve, reject) => {
      this.waiting.set(task.id, { resolve, reject });
      this.worker.postMessage(task);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private settle(answer: ThreadAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(`embedding failed: ${answer.error}`));
    else waiting?.resolve(answer);
  }

  private end(reason: Error): void {
    this.over ??= reason;
    for (const { reject } of this.waiting.values()) reject(this.over);
    this.waiting.clear();
  }
}
