import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Source, Way } from './embedding-ways.js';

export const REFERENCES = ['bare', 'in batches of 32', 'one by one'] as const;
export type Reference = (typeof REFERENCES)[number];

/** Ways of embedding that run in a thread of their own, as the product's does: onnxruntime holds up the one it is called in. */
export class References {
  private constructor(private readonly worker: Worker) {}

  static async start(sources: readonly Source[]): Promise<References> {
    const worker = new Worker(new URL('./references.thread.ts', import.meta.url), { workerData: sources });
    await once(worker, 'message');
    return new References(worker);
  }

  /** Of the sources that it was started with, the first `some`. */
  way(name: Reference): Way {
    return async (sources) => {
      this.worker.postMessage({ name, some: sources.length });
      await once(this.worker, 'message');
    };
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
