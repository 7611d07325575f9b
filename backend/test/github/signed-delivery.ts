import { createHmac, randomUUID } from 'node:crypto';
import { type Api, WEBHOOK_SECRET } from '../support/index.js';

export interface SignedDelivery {
  readonly event: string;
  readonly body: string;
  readonly id?: string;
  /** In the place of our own signature. */
  readonly signature?: string;
}

export const signatureOf = (body: string, secret = WEBHOOK_SECRET, kind = 'sha256'): string =>
  `${kind}=${createHmac(kind, secret).update(body).digest('hex')}`;

/** Sends a delivery as GitHub does. @returns the status of the answer, the delivery's id, and how long the answer took */
export async function deliver(
  api: Pick<Api, 'url'>,
  { event, body, id = randomUUID(), signature = signatureOf(body) }: SignedDelivery,
): Promise<{ readonly status: number; readonly id: string; readonly milliseconds: number }> {
  const begun = performance.now();
  const answer = await fetch(`${api.url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': id,
      'x-hub-signature-256': signature,
    },
  });
  await answer.body?.cancel();
  return { status: answer.status, id, milliseconds: performance.now() - begun };
}
