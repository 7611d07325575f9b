import { AsyncLocalStorage } from 'node:async_hooks';
import type { Principal } from '../http/principal.js';

/** What is known about the act under way: of an HTTP request or of the job that carries it on. */
export interface RequestContext {
  readonly requestId: string;
  /** How it came in; known for sure once the caller is. */
  via: 'cookie' | 'token' | 'webhook' | 'job';
  readonly ip?: string;
  readonly userAgent?: string;
  /** Set once the caller is known. */
  principal?: Principal;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the running act; undefined outside of requests and jobs. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `fn`, and everything it starts, under this context. */
export function runInContext<T>(context: RequestContext, fn: () => T): T {
  return storage.run(context, fn);
}
