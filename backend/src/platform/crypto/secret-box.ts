import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Derives a key for one purpose from the deployment's secret (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `yudai:${purpose}`, KEY_BYTES));
}

/** Encrypts small secrets at rest with AES-256-GCM under a random nonce; `context` binds a value to its place. */
export class SecretBox {
  private readonly key: Buffer;
  /** Names the key without telling anything about it, so that rows can be re-encrypted after a change of the secret. */
  readonly keyId: string;

  constructor(secret: string, purpose: string) {
    this.key = deriveKey(secret, purpose);
    this.keyId = createHash('sha256').update(this.key).digest('hex').slice(0, 8);
  }

  /** nonce ‖ ciphertext ‖ tag, base64. */
  seal(plain: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64');
  }

  /** @throws when the value was changed, moved to another context, or sealed with another key. */
  open(sealed: string, context: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(bytes.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
    return (
      decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  }
}

/**
 * Boxes of one purpose under the deployment's keys: sealed with the current one, opened with whichever a value names. The
 * key before the first change, SECRET_KEY, is always among them.
 */
export class SecretBoxes {
  private readonly current: SecretBox;
  private readonly byId: ReadonlyMap<string, SecretBox>;

  constructor(
    keys: {
      readonly SECRET_KEY: string;
      readonly ENCRYPTION_KEY?: string;
      readonly ENCRYPTION_KEYS_OLD: readonly string[];
    },
    purpose: string,
  ) {
    const { SECRET_KEY: first, ENCRYPTION_KEY: current = first, ENCRYPTION_KEYS_OLD: old } = keys;
    const boxes = [current, ...old, first].map((key) => new SecretBox(key, purpose));
    this.current = boxes[0] as SecretBox;
    this.byId = new Map(boxes.map((box) => [box.keyId, box]));
  }

  /** Names the key that `seal` uses. */
  get keyId(): string {
    return this.current.keyId;
  }

  knows(keyId: string): boolean {
    return this.byId.has(keyId);
  }

  seal(plain: string, context: string): string {
    return this.current.seal(plain, context);
  }

  /** @throws Error as a box does, and when nobody has the key any more. */
  open(keyId: string, sealed: string, context: string): string {
    const box = this.byId.get(keyId);
    if (!box) throw new Error(`There is no key ${keyId}.`);
    return box.open(sealed, context);
  }
}
