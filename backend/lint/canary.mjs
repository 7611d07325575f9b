/**
 * The linter's own test: each of these texts must be refused, by the rule that is named, at a place where the real code
 * lives. A rule that was switched off, narrowed or misconfigured lets its canary through, and this program fails.
 * Prints what each canary met, as JSON with `--json`.
 */
import { ESLint } from 'eslint';

const BOUNDARIES = 'boundaries/dependencies';
const imports = (what, from) => `import { ${what} } from '${from}';\nexport const canary = ${what};\n`;

const canaries = [
  {
    what: 'a module that knows a later one',
    at: 'src/modules/auth/profile.service.ts',
    text: imports('GithubModule', '../github/index.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'a module that knows a later one by its types only',
    at: 'src/modules/audit/audit.service.ts',
    text: "import type { User } from '../auth/index.js';\nexport type Canary = User;\n",
    rule: BOUNDARIES,
  },
  {
    what: 'an import past the index of a module',
    at: 'src/modules/github/repositories.service.ts',
    text: imports('UsersService', '../auth/users.service.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'something handed on past the index of a module',
    at: 'src/modules/github/index.ts',
    text: "export { UsersService } from '../auth/users.service.js';\n",
    rule: BOUNDARIES,
  },
  {
    what: 'a module that is loaded later, past the check',
    at: 'src/modules/auth/profile.service.ts',
    text: "export const canary = (): Promise<unknown> => import('../github/index.js');\n",
    rule: BOUNDARIES,
  },
  {
    what: 'technology that knows the product',
    at: 'src/platform/health/health.checks.ts',
    text: imports('AuditLog', '../../modules/audit/index.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'a module that knows the application around it',
    at: 'src/modules/auth/profile.service.ts',
    text: imports('ENTITIES', '../../entities.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'the product that knows a stand-in',
    at: 'src/modules/github/repositories.service.ts',
    text: imports('startForge', '../../local/forge/server.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'the application that knows a stand-in',
    at: 'src/start-api.ts',
    text: imports('startForge', './local/forge/server.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'a stand-in that knows the product',
    at: 'src/local/forge/server.ts',
    text: imports('AuditLog', '../../modules/audit/index.js'),
    rule: BOUNDARIES,
  },
  {
    what: 'a controller with TypeORM',
    at: 'src/modules/auth/auth.controller.ts',
    text: imports('DataSource', 'typeorm'),
    rule: 'no-restricted-imports',
  },
  {
    what: 'a controller that goes past its service',
    at: 'src/modules/auth/users/users.controller.ts',
    text: imports('UsersRepository', '../repositories/users.repository.js'),
    rule: 'no-restricted-imports',
  },
  {
    what: 'a call of the language model that nobody pays for',
    at: 'src/modules/sessions/chat/answer-writer.ts',
    text: imports('LlmClient', '../../../platform/llm/llm-client.js'),
    rule: '@typescript-eslint/no-restricted-imports',
  },
  {
    what: 'any',
    at: 'src/modules/auth/profile.service.ts',
    text: 'export const canary: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    what: 'a promise that nobody waits for',
    at: 'src/modules/auth/profile.service.ts',
    text: 'export const canary = (work: () => Promise<void>): void => {\n  work();\n};\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    what: 'a rule that is switched off in place',
    at: 'src/modules/auth/profile.service.ts',
    text: '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const canary: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
];

const eslint = new ESLint({ cwd: new URL('..', import.meta.url).pathname });
const met = [];
for (const { what, at, text, rule } of canaries) {
  const [result] = await eslint.lintText(text, { filePath: new URL(`../${at}`, import.meta.url).pathname });
  const found = result.messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => String(ruleId));
  met.push({ what, at, rule, found, isRefused: found.includes(rule) });
}

const survivors = met.filter(({ isRefused }) => !isRefused);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(met));
} else {
  for (const { what, at, rule, found } of survivors) {
    console.error(`The linter lets through ${what} (${at}): ${rule} is silent, found ${found.join(', ') || 'nothing'}`);
  }
  if (survivors.length === 0) console.log(`The linter refuses all ${canaries.length} canaries.`);
}
process.exitCode = survivors.length === 0 ? 0 : 1;
