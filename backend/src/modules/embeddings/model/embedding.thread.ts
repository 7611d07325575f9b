import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { cutFile } from '../text/cut-file.js';
import { SentenceModel } from './sentence-model.js';
import type { ThreadAnswer, ThreadSettings, ThreadStart, ThreadTask } from './thread-protocol.js';

// Runs in a worker thread: cutting and embedding never hold up the event loop that answers requests and heartbeats.
const { files, dimension } = workerData as ThreadSettings;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const send = (message: ThreadStart | ThreadAnswer): void => parentPort?.postMessage(message);

/**
 * Files can wait: whoever else wants the processor, the api on the same machine above all, gets it at once. A thread that has begun
 * with files stays so, since only root could raise it again. On Linux each thread has a priority of its own (setpriority(2), "C
 * library/kernel differences"); elsewhere it would be the whole process's.
 */
function giveWay(): void {
  if (platform() === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);
}

async function answer(model: SentenceModel, task: ThreadTask): Promise<ThreadAnswer> {
  try {
    if (task.kind === 'cut')
      return { id: task.id, file: await cutFile(task.name, task.text, (text) => model.countTokens(text)) };
    const vectors: Float32Array[] = [];
    for (const text of task.texts) vectors.push(await model.embed(text));
    return { id: task.id, vectors };
  } catch (error) {
    return { id: task.id, error: reasonOf(error) };
  }
}

try {
  const model = await SentenceModel.load(files, 1, dimension);
  let turn: Promise<void> = Promise.resolve();
  parentPort?.on('message', (task: ThreadTask) => {
    if (task.kind !== 'question') giveWay();
    turn = turn.then(async () => send(await answer(model, task)));
  });
  send({ ready: true });
} catch (error) {
  send({ ready: false, reason: reasonOf(error) });
}
