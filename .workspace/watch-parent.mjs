/** Ends this process, the ordinary way, when whoever started it is gone, however that one died. */
export function watchParent() {
  if (process.env.YUDAI_WATCH_PARENT !== '1') return;
  // Not for those that we start ourselves: their standard input is another one.
  delete process.env.YUDAI_WATCH_PARENT;
  const end = () => process.kill(process.pid, 'SIGTERM');
  process.stdin.on('end', end).on('error', end);
  process.stdin.resume();
  process.stdin.unref?.();
}
