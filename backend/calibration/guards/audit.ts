import type { Guard } from '../guard.js';

const MODULE = 'backend/src/modules/audit';

/** The trail: that it can be written only, and that a change of it is noticed. */
export const AUDIT: readonly Guard[] = [
  {
    without: 'an entry could be changed',
    file: `${MODULE}/verification/chain-walk.ts`,
    take: "else if (entry.hash !== this.chain.hash(entry)) this.stop(next, 'content');",
    put: '',
    test: `${MODULE}/verification/chain-walk.spec.ts`,
    named: 'the audit chain names the entry whose',
  },
  {
    without: 'a trail that nothing confirms would be called intact',
    file: `${MODULE}/verification/chain-walk.ts`,
    take: "intact: broken === undefined && state === 'match',",
    put: 'intact: broken === undefined,',
    test: 'backend/test/audit/verification.spec.ts',
    named: 'asking for the trail is not called intact before',
  },
  {
    without: 'an entry could be changed before it is sealed',
    file: `${MODULE}/audit-sealer.ts`,
    take: 'hash = constantTimeEqual(entry.hash, this.chain.mark(entry))',
    put: 'hash = constantTimeEqual(entry.hash, entry.hash)',
    test: 'backend/test/audit/verification.spec.ts',
    named: 'asking for the trail never calls intact',
  },
  {
    without: 'nobody would know who reads the trail',
    file: `${MODULE}/audit.service.ts`,
    take: 'await this.readings.note(filter);',
    put: '',
    test: 'backend/test/audit/verification.spec.ts',
    named: 'asking for the trail is on the trail',
  },
  {
    without: 'the product could change where the chain ends',
    file: 'migrations/src/application-role.ts',
    take: '`REVOKE INSERT, UPDATE, DELETE ON audit_head, audit_checkpoints FROM ${name}`,',
    put: '',
    test: 'backend/test/deployment/application-role.spec.ts',
    named: "the role that the product signs in with, after the migrations' last step cannot: UPDATE audit_head",
    real: true,
  },
];
