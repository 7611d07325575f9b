import { constants, getPriority, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { cutFile } from '../text/cut-file.js';
import { SentenceModel } from './sentence-model.js';
import type { ThreadAnswer, ThreadSettings, ThreadStart, ThreadTask } from './thread-protocol.js';

// Runs in a worker thread: cutting and embedding never hold up the event loop that answers requests and heartbeats.
const { files, dimension } = workerData as ThreadSettings;
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const send = (message: ThreadStart | ThreadAnswer): void => parentPort?.postMessage(message);

/** Steps of nice(2): whoever else wants the processor gets three quarters of it. */
const PATIENCE = 5;
let isPatient = false;

/**
 * Files can wait for whoever else is on the machine, the api above all. A thread that has begun with files stays so, since only
 * root could raise its priority again. On Linux each thread has one of its own (setpriority(2), "C library/kernel differences"),
 * which is compared within a session or container; elsewhere it would be the whole process's.
 */
function giveWay(): void {
  if (isPatient || platform() !== 'linux') return;
  isPatient = true;
  try {
    setPriority(Math.min(getPriority() + PATIENCE, constants.priority.PRIORITY_LOW));
  } catch {
    // Where a sandbox forbids it, files are read all the same.
  }
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
