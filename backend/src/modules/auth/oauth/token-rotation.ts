import { Injectable } from '@nestjs/common';
import { GithubTokensRepository } from '../repositories/github-tokens.repository.js';
import { TokenVault } from './token-vault.js';

export interface Rotated {
  /** Rows that were sealed anew. */
  readonly resealed: number;
  /** Rows whose key is not at hand; their users have to connect again. */
  readonly unreadable: number;
}

const BATCH = 100;

/**
 * Brings every sealed token under the current key, in batches, while the product runs. What was renewed or dropped in the
 * meantime is left as it is; running it again finds nothing more to do.
 */
@Injectable()
export class TokenRotation {
  constructor(
    private readonly tokens: GithubTokensRepository,
    private readonly vault: TokenVault,
  ) {}

  async run(): Promise<Rotated> {
    let [resealed, unreadable] = [0, 0];
    let after: string | undefined;
    for (;;) {
      const rows = await this.tokens.sealedOtherwise(this.vault.keyId, after, BATCH);
      for (const row of rows) {
        if (!this.vault.canOpen(row)) unreadable++;
        else if (await this.tokens.reseal(row, this.vault.reseal(row))) resealed++;
      }
      after = rows.at(-1)?.id;
      if (after === undefined) return { resealed, unreadable };
    }
  }
}
