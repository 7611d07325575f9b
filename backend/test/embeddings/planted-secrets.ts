import { createHash } from 'node:crypto';

/** Always the same characters of an alphabet, and never in a source as such. */
function made(name: string, length: number, alphabet: string): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash('sha256').update(`${name} ${block}`).digest())
      text += alphabet.charAt(byte % alphabet.length);
  }
  return text.slice(0, length);
}

const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const of = (name: string, length: number): string => made(name, length, LETTERS);
const hex = (name: string, length: number): string => made(name, length, '0123456789abcdef');
const big = (name: string, length: number): string => made(name, length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');

export interface Planted {
  readonly path: string;
  readonly content: string;
  /** What must be nowhere. */
  readonly secret: string;
}

type Writes = (secret: string) => string;

const file = (path: string, secret: string, write: Writes): Planted => ({
  path,
  secret,
  content: `${write(secret)}\n`,
});
const pem = (kind: string, body: string): string => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`;

/** Thirty credentials as they are found in repositories: ten in files kept for them, twenty in files with innocent names. */
export const PLANTED: readonly Planted[] = [
  file('.env', of('env', 24), (s) => `SESSION_SECRET=${s}`),
  file('.env.production', hex('prod', 12), (s) => `PIN=${s}`),
  file('deploy/staging.env', of('staging', 16), (s) => `export DB=${s}`),
  file('.npmrc', of('npmrc', 30), (s) => `//registry.example.org/:_authToken=${s}`),
  file('.netrc', of('netrc', 14), (s) => `machine example.org login ci password ${s}`),
  file('keys/id_ed25519', of('ed', 60), (s) => pem('OPENSSH PRIVATE KEY', s)),
  file('certs/server.key', of('key', 60), (s) => pem('PRIVATE KEY', s)),
  file('config/credentials.json', of('cred', 20), (s) => `{"id": 1, "value": "${s}"}`),
  file('infra/terraform.tfstate', of('tf', 20), (s) => `{"outputs": {"x": {"value": "${s}"}}}`),
  file('.aws/credentials', of('aws', 40), (s) => `aws_secret_access_key = ${s}`),
  file('src/github.ts', `ghp_${of('gh', 36)}`, (s) => `const auth = '${s}';`),
  file('src/gitlab.py', `glpat-${of('gl', 20)}`, (s) => `TOKEN = "${s}"`),
  file('src/publish.sh', `npm_${of('npm', 36)}`, (s) => `echo ${s}`),
  file('src/cloud.go', `AKIA${big('akia', 16)}`, (s) => `id := "${s}"`),
  file('src/cloud-secret.rb', of('awssecret', 40), (s) => `aws_secret_access_key: "${s}",`),
  file('src/maps.js', `AIza${of('maps', 35)}`, (s) => `load("${s}");`),
  file('src/model.ts', `sk-proj-${of('openai', 48)}`, (s) => `client("${s}")`),
  file('src/pay.php', `sk_live_${of('stripe', 24)}`, (s) => `$stripe->set('${s}');`),
  file('src/chat.ts', `xoxb-${made('slack', 24, '0123456789')}-${of('slack', 24)}`, (s) => `slack('${s}')`),
  file('src/mail.java', `SG.${of('sg1', 22)}.${of('sg2', 43)}`, (s) => `new Mail("${s}");`),
  file('src/signing.ts', of('pem', 64), (s) => `export const key = ${JSON.stringify(pem('RSA PRIVATE KEY', s))};`),
  file('src/jwt.ts', `eyJ${of('jwt1', 20)}.eyJ${of('jwt2', 40)}.${of('jwt3', 43)}`, (s) => `const bearer = "${s}";`),
  file('src/settings.py', of('django', 50), (s) => `SECRET_KEY = '${s}'`),
  file('config/app.yml', hex('rails', 64), (s) => `production:\n  secret_key_base: ${s}`),
  file('config/db.ts', of('dbpw', 16), (s) => `connect("postgres://app:${s}@db.internal:5432/app")`),
  file('appsettings.json', of('azure', 44), (s) => `{ "ClientSecret": "${s}" }`),
  file('docker-compose.yml', of('compose', 22), (s) => `    environment:\n      - API_KEY=${s}`),
  file('src/main.tf', of('tfvar', 24), (s) => `  db_password = "${s}"`),
  file('README.md', of('readme', 32), (s) => `Set the header:\n\n    X-Api-Key: ${s}`),
  file('src/Client.kt', `${of('kt', 10)}#${of('kt2', 10)}!`, (s) => `val password = "${s}"`),
];
