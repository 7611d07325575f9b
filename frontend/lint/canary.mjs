/**
 * The linter's own test: each of these texts must be refused, by the rule that is named, at a place where the real code
 * lives. A rule that was switched off, narrowed or misconfigured lets its canary through, and this program fails.
 */
import { ESLint } from 'eslint';

const component = (lines = '', template = '<p>Hello</p>') =>
  `import { Component } from '@angular/core';\n${lines}` +
  `\n@Component({ selector: 'app-canary', template: \`${template}\` })\nexport class Canary {}\n`;

const canaries = [
  {
    what: 'a page that fetches by itself',
    at: 'src/app/features/audit/audit-filter.ts',
    text: "export const canary = (): Promise<Response> => fetch('/api/sessions');\n",
    rule: 'no-restricted-globals',
  },
  {
    what: 'a stream that is opened by hand',
    at: 'src/app/state/sessions/sessions.feature.ts',
    text: "export const canary = (): EventSource => new EventSource('/api/events');\n",
    rule: 'no-restricted-globals',
  },
  {
    what: "Angular's HttpClient in place of the SDK",
    at: 'src/app/core/api/fetched.ts',
    text: "import { HttpClient } from '@angular/common/http';\nexport const canary = HttpClient;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: "an import past the SDK's door",
    at: 'src/app/features/audit/audit-filter.ts',
    text: "import { client } from '../../../../sdk/src/generated/client.gen';\nexport const canary = client;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a page that imports another page',
    at: 'src/app/features/audit/audit-filter.ts',
    text: "import sessions from '../sessions/sessions.routes';\nexport const canary = sessions;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a page that knows the frame around it',
    at: 'src/app/features/sign-in/sign-in.ts',
    text: "import { Shell } from '../../shell/shell';\nexport const canary = Shell;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'state that knows a page',
    at: 'src/app/state/sessions/sessions.feature.ts',
    text: "import sessions from '../../features/sessions/sessions.routes';\nexport const canary = sessions;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a core service that knows state above it',
    at: 'src/app/core/kept/kept.ts',
    text: "import { sessionsFeature } from '../../state/sessions/sessions.feature';\nexport const canary = sessionsFeature;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a part of ui/ that asks the server',
    at: 'src/app/ui/avatar/avatar.ts',
    text: "import { getSession } from '@yudai/sdk';\nexport const canary = getSession;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a part of ui/ with a store',
    at: 'src/app/ui/avatar/avatar.ts',
    text: "import { Store } from '@ngrx/store';\nexport const canary = Store;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'code of the server in the browser',
    at: 'src/app/core/kept/kept.ts',
    text: "import { ENTITIES } from '../../../../../backend/src/entities';\nexport const canary = ENTITIES;\n",
    rule: '@nx/enforce-module-boundaries',
  },
  {
    what: 'a component of a module',
    at: 'src/app/app.ts',
    text: component().replace("selector: 'app-canary'", "selector: 'app-canary', standalone: false"),
    rule: '@angular-eslint/prefer-standalone',
  },
  {
    what: 'any',
    at: 'src/app/features/audit/audit-filter.ts',
    text: 'export const canary: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    what: 'a promise that nobody waits for',
    at: 'src/app/features/audit/audit-filter.ts',
    text: 'export const canary = (work: () => Promise<void>): void => {\n  work();\n};\n',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    what: 'a rule that is switched off in place',
    at: 'src/app/features/audit/audit-filter.ts',
    text: '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const canary: any = 1;\n',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    what: 'a button that would send the form around it',
    at: 'src/app/app.ts',
    text: component('', '<button>Go</button>'),
    rule: '@angular-eslint/template/button-has-type',
  },
  {
    what: 'a picture without words',
    at: 'src/app/app.ts',
    text: component('', '<img src="/favicon.svg" />'),
    rule: '@angular-eslint/template/alt-text',
  },
  {
    what: 'something to click that no key reaches',
    at: 'src/app/app.ts',
    text: component('', '<div (click)="go()">Go</div>'),
    rule: '@angular-eslint/template/click-events-have-key-events',
  },
  {
    what: 'styles that the content security policy would drop',
    at: 'src/app/app.ts',
    text: component('', '<p style="color: red">Hello</p>'),
    rule: '@angular-eslint/template/no-inline-styles',
  },
  {
    what: 'an effect that listens to a name instead of an action',
    at: 'src/app/core/activity/activity.effects.ts',
    text:
      "import { inject } from '@angular/core';\nimport { Actions, createEffect, ofType } from '@ngrx/effects';\n" +
      "export const canary = createEffect((actions$ = inject(Actions)) => actions$.pipe(ofType('a')), {\n" +
      '  functional: true,\n  dispatch: false,\n});\n',
    rule: '@ngrx/prefer-action-creator-in-of-type',
  },
];

const eslint = new ESLint({ cwd: new URL('..', import.meta.url).pathname });
const survivors = [];
for (const { what, at, text, rule } of canaries) {
  const [result] = await eslint.lintText(text, { filePath: new URL(`../${at}`, import.meta.url).pathname });
  const found = result.messages.filter(({ severity }) => severity === 2).map(({ ruleId }) => ruleId);
  if (!found.includes(rule))
    survivors.push(`${what} (${at}): ${rule} is silent, found ${found.join(', ') || 'nothing'}`);
}

if (survivors.length) {
  console.error(`The linter lets through:\n${survivors.map((survivor) => `  - ${survivor}`).join('\n')}`);
  process.exit(1);
}
console.log(`The linter refuses all ${canaries.length} canaries.`);
