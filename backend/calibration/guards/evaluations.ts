import type { Guard } from '../guard.js';

const SPEC = 'backend/test/evaluations/evaluations.spec.ts';
const MODULE = 'backend/src/modules/evaluations';

/** What is measured is what is searched, without the answer, and by those who may see it. */
export const EVALUATIONS: readonly Guard[] = [
  {
    without: 'a commit that is read to be measured could be what a session searches',
    file: 'backend/src/modules/embeddings/repositories/snapshots.repository.ts',
    take: 'const where = { repositoryId, branch, ...OF_BRANCH };',
    put: 'const where = { repositoryId, branch };',
    test: SPEC,
    named: 'a pinned snapshot never serves a session',
  },
  {
    without: 'a fix could be looked for where it was made already',
    file: `${MODULE}/cases/fixes.ts`,
    take: 'return { fixes, snapshot: oldest.parent };',
    put: 'return { fixes, snapshot: oldest.sha };',
    test: `${MODULE}/cases/fixes.spec.ts`,
    named: 'are the newest, and the snapshot is before the oldest of them',
  },
  {
    without: 'a message could name the file that is looked for',
    file: `${MODULE}/cases/own-words.ts`,
    take: "return names.has(name.toLowerCase()) || isPath(name) ? '' : token;",
    put: 'return token;',
    test: `${MODULE}/cases/own-words.spec.ts`,
    named: 'does not name a file',
  },
  {
    without: 'who may not read a repository could read what was found in it',
    file: `${MODULE}/evaluations.controller.ts`,
    take: "@EvaluationRight('viewer')",
    put: "@EvaluationRight('viewer', { github: 'none' })",
    test: 'backend/test/rights/matrix.spec.ts',
    named: 'who may do what GET /api/evaluations/:evaluationId$',
  },
];
