import { Worker } from 'node:worker_threads';
import { modelUnusable } from './model-files.js';
import type { ThreadAnswer, ThreadSettings, ThreadStart, ThreadTask, ThreadWork } from './thread-protocol.js';

interface Waiting {
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * In MB; V8 gives a thread what the whole machine has, and lets garbage stand until then. Cutting makes much of it: without these
 * bounds a process with two threads held 140 MB more. Odd files of a megabyte, of eleven kinds, were cut within them; a file that
 * needs more ends its thread, as it would have ended it later before.
 */
const HEAP = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 512 };

/** One worker thread with the model in it. Once it has ended it is of no more use; `ended` says so. */
export class EmbeddingThread {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private over: Error | undefined;

  private readonly begun: Promise<ThreadStart>;

  private constructor(private readonly worker: Worker) {
    this.begun = new Promise((resolve) => {
      worker.on('message', (message: ThreadStart | ThreadAnswer) => {
        if ('ready' in message) resolve(message);
        else this.settle(message);
        this.rest();
      });
      worker.on('error', (error) => {
        this.end(error instanceof Error ? error : new Error(String(error)));
        resolve({ ready: false, reason: String(error) });
      });
      worker.on('exit', (code) => {
        this.end(new Error(`the embedding thread has ended with code ${code}`));
        resolve({ ready: false, reason: `its thread ended with code ${code}` });
      });
    });
  }

  /** Resolves when the model is loaded. @throws DomainError `embeddings.model` when it cannot be. */
  static async start(settings: ThreadSettings): Promise<EmbeddingThread> {
    // Else onnxruntime reports its use to its maker. It asks the process's environment, of which a thread has a copy only.
    process.env['ORT_DISABLE_TELEMETRY'] = '1';
    const worker = new Worker(new URL('./embedding.thread.js', import.meta.url), {
      workerData: settings,
      resourceLimits: HEAP,
    });
    const thread = new EmbeddingThread(worker);
    const start = await thread.begun;
    if (start.ready) return thread;
    await thread.stop();
    throw modelUnusable(start.reason);
  }

  get ended(): boolean {
    return this.over !== undefined;
  }

  ask(work: ThreadWork): Promise<ThreadAnswer> {
    if (this.over) return Promise.reject(this.over);
    const task: ThreadTask = { id: ++this.lastId, ...work };
    return new Promise((resolve, reject) => {
      this.waiting.set(task.id, { resolve, reject });
      this.worker.ref();
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

  /** A process with nothing else to do ends; one that waits for an answer does not. */
  private rest(): void {
    if (this.waiting.size === 0) this.worker.unref();
  }

  private end(reason: Error): void {
    this.over ??= reason;
    for (const { reject } of this.waiting.values()) reject(this.over);
    this.waiting.clear();
  }
}
