import type { LoggerService } from '@nestjs/common';
import { WinstonModule } from 'nest-winston';
import { createLogger, format, transports } from 'winston';
import { currentContext } from '../context/request-context.js';
import { redact } from './redact.js';

/** Errors as data: name, message, code and stack, and what caused them. */
function plainError(error: Error): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) } : {}),
  };
}

const withContext = format((info) => {
  const context = currentContext();
  if (context) {
    info['requestId'] = context.requestId;
    if (context.principal) info['userId'] = context.principal.userId;
  }
  for (const [key, value] of Object.entries(info)) if (value instanceof Error) info[key] = plainError(value);
  return redact(info) as typeof info;
});

/** One JSON object a line on standard output, with time, level, process and request id; secrets are taken out. */
export function createJsonLogger(level: string, process: 'api' | 'worker' | 'migrate'): LoggerService {
  return WinstonModule.createLogger({
    instance: createLogger({
      level,
      defaultMeta: { process },
      format: format.combine(
        withContext(),
        format.timestamp({ format: () => new Date().toISOString() }),
        format.json(),
      ),
      transports: [new transports.Console()],
    }),
  });
}
