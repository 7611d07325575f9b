import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-http-bearer';
import type { Principal } from '../../../platform/http/principal.js';
import { ApiTokensService } from '../tokens/api-tokens.service.js';

/** Programs: `Authorization: Bearer yud_…`. GitHub's tokens are none of ours and end here. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy, 'bearer') {
  constructor(private readonly tokens: ApiTokensService) {
    super();
  }

  /** The library also takes tokens from bodies and URLs, where they end up in logs and histories: it gets to see neither. */
  override authenticate(req: Request): void {
    super.authenticate(Object.create(req, { body: { value: undefined }, query: { value: undefined } }) as Request);
  }

  validate(secret: string): Promise<Principal | null> {
    return this.tokens.authenticate(secret);
  }
}
