import { Logger } from '@nestjs/common';

/** After a signal to end the process has so many seconds to finish what it has begun; then it ends all the same. */
export function boundShutdown(seconds: number): void {
  const end = (): void => {
    setTimeout(() => {
      new Logger('Process').warn({ message: 'shutdown took too long', seconds });
      process.exit(1);
    }, seconds * 1_000).unref();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
