import { constantTimeEqual } from '../../../platform/crypto/tokens.js';
import type { AuditChain } from '../audit-chain.js';
import type { AuditCheckpoint } from '../entities/audit-checkpoint.entity.js';

/** The seal of a checkpoint, hex: nobody without the key can make the chain begin elsewhere. */
export function checkpointSeal(chain: AuditChain, checkpoint: Omit<AuditCheckpoint, 'seal'>): string {
  const { seq, hash, at, archive, sha256 } = checkpoint;
  return chain.seal(['checkpoint', seq, hash, at.toISOString(), archive, sha256]);
}

/** Whether this product has made the checkpoint. */
export function isGenuine(chain: AuditChain, checkpoint: AuditCheckpoint): boolean {
  return constantTimeEqual(checkpoint.seal, checkpointSeal(chain, checkpoint));
}
