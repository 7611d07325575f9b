import { createHmac } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { constantTimeEqual } from '../../../platform/crypto/tokens.js';
import { badSignature } from '../github.errors.js';

/**
 * The delivery was signed with our secret, over the bytes as they came.
 * GitHub, "Validating webhook deliveries": `X-Hub-Signature-256: sha256=<HMAC hex>`.
 */
@Injectable()
export class WebhookSignatureGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request>();
    const body: unknown = req.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const expected = createHmac('sha256', this.config.GITHUB_WEBHOOK_SECRET).update(bytes).digest('hex');
    if (!constantTimeEqual(req.get('x-hub-signature-256') ?? '', `sha256=${expected}`)) throw badSignature();
    return true;
  }
}
