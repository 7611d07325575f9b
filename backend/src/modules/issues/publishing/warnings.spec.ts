import { findCredentials } from './credentials.js';
import { type Surroundings, warningsOf } from './warnings.js';

const fine: Surroundings = {
  repository: { archived: false, canWrite: true },
  hasIssues: true,
  labels: ['Bug'],
  logins: ['member'],
  acceptance: ['All are shown.'],
};
const issue = { title: 'T', body: 'B', labels: ['bug'], assignees: ['Member'] };

describe('warnings before publishing', () => {
  it('are none when nothing speaks against it; names are compared without regard to case', () => {
    expect(warningsOf(issue, fine)).toEqual([]);
  });

  it.each<[string, Partial<typeof issue>, Partial<Surroundings>, RegExp]>([
    ['no title', { title: ' ' }, {}, /title is empty/],
    ['a text that GitHub refuses', { body: 'x'.repeat(65_537) }, {}, /longer than the 65536/],
    ['an archived repository', {}, { repository: { archived: true, canWrite: false } }, /archived/],
    ['issues turned off', {}, { hasIssues: false }, /turned off/],
    ['no right to write', {}, { repository: { archived: false, canWrite: false } }, /may not write/],
    ['an unknown label', { labels: ['bug', 'urgent'] }, {}, /no label urgent;/],
    ['somebody who cannot be assigned', { assignees: ['nobody'] }, {}, /cannot assign nobody/],
    ['no acceptance', {}, { acceptance: [] }, /acceptance is empty/],
    ['a credential', { body: `Log:\nkey ghp_${'a1'.repeat(18)}` }, {}, /Line 2 .* a GitHub token\./],
  ])('name %s, and nothing else', (_what, change, around, expected) => {
    const warnings = warningsOf({ ...issue, ...change }, { ...fine, ...around });
    expect(warnings).toEqual([expect.stringMatching(expected)]);
  });

  it('never repeat a credential', () => {
    const secret = `ghp_${'b2'.repeat(18)}`;
    expect(warningsOf({ ...issue, body: secret, title: secret }, fine).join()).not.toContain(secret);
  });
});

describe('credentials', () => {
  it.each([
    ['-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
    [`token: github_pat_${'A1'.repeat(20)}`, 'a GitHub token'],
    [`yud_${'Ab3-'.repeat(8)}`, 'an API token of this server'],
    ['AKIAIOSFODNN7EXAMPLE', 'an AWS key'],
    ['postgres://app:hunter22@db.internal/app', 'a URL with a password'],
    ['Authorization: Bearer abcdefghijklmnop0123456789', 'a bearer token'],
    ['password = "correct-horse-1"', 'a password'],
    ['API_KEY=9f8e7d6c5b4a', 'a password'],
  ])('%s', (text, kind) => {
    expect(findCredentials(`first line\n${text}`)).toEqual([{ kind, line: 2 }]);
  });

  it.each([
    'The password field is empty after a reload.',
    'const password = readPassword();',
    'Set `API_KEY=${API_KEY}` first.',
    'See https://user.example/path and postgres://localhost/app.',
    'A token: it must be sent as Bearer token.',
  ])('not: %s', (text) => {
    expect(findCredentials(text)).toEqual([]);
  });
});
