import type { Request } from 'express';
import { z } from 'zod';
import { invalidDelivery } from '../github.errors.js';

/** A delivery as it is stored; what the event means is decided when it is processed. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: Record<string, unknown>;
}

const headers = z.object({ id: z.uuid(), event: z.string().regex(/^[a-z0-9_]{1,100}$/) });
const object = z.record(z.string(), z.unknown());

/** @throws DomainError `github.webhook-invalid` (422) for what GitHub would not send. */
export function parseDelivery(req: Request): Delivery {
  const head = headers.safeParse({ id: req.get('x-github-delivery'), event: req.get('x-github-event') });
  const payload = object.safeParse(parse(req.body as Buffer));
  if (!head.success || !payload.success) throw invalidDelivery();
  const { action } = payload.data;
  return { ...head.data, action: typeof action === 'string' ? action.slice(0, 100) : null, payload: payload.data };
}

function parse(body: Buffer): unknown {
  try {
    // NUL is no text to PostgreSQL, not even inside JSON
    return JSON.parse(body.toString('utf8').replaceAll('\\u0000', '\\ufffd')) as unknown;
  } catch {
    return undefined;
  }
}
