import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { deriveKey } from '../../../platform/crypto/secret-box.js';
import { DataBoundary } from '../../../platform/llm/untrusted.js';

/** 96 bits. */
const CHARACTERS = 16;

/**
 * The markers of the next prompt at a place of a conversation: nobody outside can guess them, and they are the same whenever that
 * prompt is put together, so that it can be shown before it is sent, to the token.
 */
@Injectable()
export class PromptMarkers {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = deriveKey(config.SECRET_KEY, 'prompt-markers');
  }

  at(sessionId: string, afterId: string | null): DataBoundary {
    const mac = createHmac('sha256', this.key).update(`${sessionId} ${afterId ?? ''}`);
    return new DataBoundary(`data-${mac.digest('base64url').slice(0, CHARACTERS)}`);
  }
}
