import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../../modules/github/operations.js';
import { control, testForge } from '../../../../test/local/test-forge.js';

const IDENTITY_CLIENT = join(__dirname, '../../../modules/auth/oauth/github-identity.client.ts');

it("the forge validates exactly the operations of GitHub's REST API that the product calls", async () => {
  const forge = await testForge();
  const { body } = await control<{ items: string[] }>(forge, 'GET /operations');
  await forge.stop();
  expect([...body.items].sort()).toEqual([...new Set([...Object.values(OPERATIONS), ...identityCalls()])].sort());
});

/** Who somebody is, is asked apart from OPERATIONS, with `this.get('/path')`. */
function identityCalls(): string[] {
  const source = readFileSync(IDENTITY_CLIENT, 'utf8');
  const calls = [...source.matchAll(/this\.get\(\s*['`]([^'`]+)['`]/g)].map(([, path = '']) => path);
  expect(calls.length).toBe([...source.matchAll(/this\.get\(/g)].length);
  return calls.map((path) => `GET ${path.replace(/\$\{encodeURIComponent\(organisation\)\}/, '{org}')}`);
}
