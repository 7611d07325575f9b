import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/** Ends this process, the ordinary way, when whoever started it is gone, however that one died. */
export function watchParent() {
  if (process.env.YUDAI_WATCH_PARENT === '1') watchPipe();
  else if (process.env.npm_lifecycle_event) watchNpm();
  // Not for those that we start ourselves: their standard input is another one.
  delete process.env.YUDAI_WATCH_PARENT;
}

const end = () => process.kill(process.pid, 'SIGTERM');

/** One of our own processes started us: its end of the pipe closes with it. */
function watchPipe() {
  process.stdin.on('end', end).on('error', end);
  process.stdin.resume();
  process.stdin.unref();
}

/** npm hands a signal to its shell, which dies of it and tells nobody: we see that we have other ancestors now. */
function watchNpm() {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const began = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === began) return;
    clearInterval(timer);
    end();
  }, LOOK_MS);
  timer.unref();
}

/**
 * Field 4 of /proc/<pid>/stat; empty where there is no /proc.
 * @param {number} pid
 */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return '';
  }
}
