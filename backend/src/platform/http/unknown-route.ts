import type { NextFunction, Request, Response } from 'express';
import { currentContext } from '../context/request-context.js';
import { sendProblem } from '../errors/problem.filter.js';

interface Layer {
  readonly route?: { readonly methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** Nest mounts middleware under every method that there is, on the bare prefix too; nothing is served there. */
const isMiddleware = (methods: Record<string, boolean>): boolean => methods['trace'] === true;

/** Methods that this path is served under, from the router's own table. */
function allowedMethods(req: Request): string[] {
  const { stack } = req.app.router as unknown as { stack: readonly Layer[] };
  const methods = stack.flatMap((layer) =>
    layer.route && !isMiddleware(layer.route.methods) && layer.match(req.path) ? Object.keys(layer.route.methods) : [],
  );
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort();
}

/** Answers what no route took: 405 with `Allow` for a known path, else 404. */
export function unknownRoute(req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next();
    return;
  }
  const allowed = allowedMethods(req);
  const known = allowed.length > 0;
  if (known) res.setHeader('Allow', allowed.join(', '));
  sendProblem(res, {
    type: known ? 'urn:yudai:http.405' : 'urn:yudai:http.404',
    title: known ? 'Method Not Allowed' : 'Not Found',
    status: known ? 405 : 404,
    detail: known ? `This address takes ${allowed.join(', ')}.` : 'There is nothing at this address.',
    instance: req.path,
    code: known ? 'http.405' : 'http.404',
    requestId: currentContext()?.requestId ?? '',
  });
}
