import { Logger } from '@nestjs/common';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * On a signal to end the process has so many seconds to finish what it has begun; then it ends all the same. It ends by the
 * signal, so that whoever has sent it sees that it was heard.
 */
export function endOnSignal(seconds: number, finish: () => Promise<void>): void {
  const logger = new Logger('Process');
  const end = (signal: NodeJS.Signals): void => {
    setTimeout(() => {
      logger.warn({ message: 'shutdown took too long', seconds });
      process.exit(1);
    }, seconds * 1_000).unref();
    finish().then(
      () => {
        for (const name of SIGNALS) process.removeAllListeners(name);
        process.kill(process.pid, signal);
      },
      (error: unknown) => {
        logger.error({ message: 'shutdown failed', error });
        process.exit(1);
      },
    );
  };
  let heard = false;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!heard) end(name);
      heard = true;
    });
  }
}
