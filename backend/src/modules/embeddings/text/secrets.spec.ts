import { holdsSecret } from './secrets.js';

/** Parts, so that no scanner of this repository takes them for somebody's. */
const VALUE = ['Vq7zT4kP9x', 'Lm3nR8wYb6'].join('');
const SIGNED = ['Vq7$T4k!9x', 'Lm@3nR8w#b'].join('');
const SHORT = ['Vq7zT4', 'kP9xLm'].join('');
const HEX = ['9f3a7c1e5b', '8d2f6a0c4e'].join('');
const LONG = [VALUE, SHORT, HEX].join('');

const written = (value: string): string[] => [
  `apiKey: string = "${value}";`,
  `const API_KEY: &str = "${value}";`,
  `static API_KEY: &'static str = "${value}";`,
  `val apiKey: String? = "${value}"`,
  `api_key: str = "${value}"`,
  `const apiKey string = "${value}"`,
  `var apiKey = []byte("${value}")`,
  `let api_key = String::from("${value}");`,
  `static const char password[] = "${value}";`,
  `#define API_KEY "${value}"`,
  `key = os.getenv("API_KEY","${value}")`,
  `key = os.environ.get('API_KEY') or '${value}'`,
  `const key = process.env.API_KEY ?? "${value}";`,
  `const key = process.env['API_KEY'] || '${value}';`,
  `define('DB_PASSWORD','${value}');`,
  `$config['db_password'] = '${value}';`,
  `FROM node\nENV DB_PASSWORD ${value}\n`,
  `FROM node\nENV MODE=a DB_PASSWORD=${value}\n`,
  `<password>${value}</password>`,
  `<add key="ApiKey" value="${value}" />`,
  `- name: DB_PASSWORD\n  value: ${value}\n`,
  `pass = ${value}\n`,
  `{"pass":"${value}"}`,
  `body = "{\\"password\\":\\"${value}\\"}"`,
  `CREATE USER app WITH PASSWORD '${value}';`,
  `redis://:${value}@host`,
  `Authorization: Bearer ${value}`,
  `curl -H "Authorization: Bearer ${value}"`,
  `//registry.example.org/:_authToken=${value}`,
  `{"auths":{"registry.example.org":{"auth":"${value}"}}}`,
  `users:\n- user:\n    token: ${value}\n`,
  `url?sig=${LONG}a%2F%3D`.replace(/sig=.*a%2F/, (sig) => `${sig.slice(0, 46)}%2F`),
];

describe('a random value with the name of a credential', () => {
  it.each(written(VALUE))('is found: %s', (text) => {
    expect(holdsSecret(text)).toBe(true);
  });

  it.each(written(HEX))('is found in hexadecimal: %s', (text) => {
    expect(holdsSecret(text)).toBe(true);
  });

  it.each([`DB_PASSWORD=${SIGNED}\n`, `password: ${SIGNED}\n`, `ENV DB_PASSWORD ${SIGNED}\n`, `pass = "${SIGNED}"`])(
    'is found with signs in it: %s',
    (text) => {
      expect(holdsSecret(text)).toBe(true);
    },
  );

  it.each([`db_password = "${SHORT}"`, `"secret": "${SHORT}"`, `POSTGRES_PASSWORD: ${SHORT}\n`])(
    'is found in twelve characters: %s',
    (text) => {
      expect(holdsSecret(text)).toBe(true);
    },
  );
});

describe('what a provider gives', () => {
  it.each([
    `sk_test_${VALUE}1a2B`,
    `sk_live_${VALUE}1a2B`,
    `rk_live_${VALUE}1a2B`,
    `whsec_${LONG.slice(0, 32)}`,
    `hf_${LONG.slice(0, 34)}`,
    `shpat_${HEX}7c1e5b8d2f6a`,
    `xapp-1-${LONG}`,
    `xoxp-${LONG}`,
    `hvs.${LONG}`,
    `glpat-${VALUE}`,
    `npm_${LONG.slice(0, 36)}`,
    `pypi-${LONG}`,
    `SG.${LONG.slice(0, 22)}.${LONG.slice(0, 43)}`,
    `AIza${LONG.slice(0, 35)}`,
    `ya29.${LONG}`,
    `M${LONG.slice(0, 23)}.${SHORT.slice(0, 6)}.${LONG.slice(0, 27)}`,
    `9837465102:AA${LONG.slice(0, 33)}`,
    `AccountKey=${(LONG + LONG).slice(0, 86)}==`,
    `PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 1\n${LONG}\n`,
    ['client-key-data: LS0tLS1CRUdJTi', 'BSU0EgUFJJVkFURSBLRVktLS0tLQ'].join(''),
    `auth_token = eyJ${VALUE}.eyJ${VALUE}.${LONG}`,
  ])('is found wherever it stands: %s', (credential) => {
    expect(holdsSecret(`call("${credential}")`)).toBe(true);
  });
});

describe('what is no credential', () => {
  it.each(
    [
      'changeme',
      'your-api-key-here',
      '<password>',
      '${DB_PASSWORD}',
      '{{ secret }}',
      'xxxxxxxxxxxxxxxxxxxx',
      'example',
      'password123',
      'P4ssw0rd-S3cr3t-99',
      'my-super-secret-token-99',
      'correct horse battery',
      'https://accounts.google.com/o/oauth2/v2/auth',
      'urn:ietf:params:oauth:token-type:saml2',
      '2018-03-02T21:26:13.978Z',
      '/run/secrets/db1/password2',
      '[A-Za-z0-9+/=]{32,88}',
      'sha512-9f3A7c1E5b8D2f6A0c4E9f3A',
    ].flatMap((value) => [
      `password = "${value}"`,
      `apiKey: string = '${value}';`,
      `DB_PASSWORD=${value}\n`,
      `ENV API_KEY ${value}\n`,
      `<password>${value}</password>`,
      `Authorization: Bearer ${value}`,
      `os.getenv("API_KEY", "${value}")`,
    ]),
  )('a placeholder or what says what it is: %s', (text) => {
    expect(holdsSecret(text)).toBe(false);
  });

  it.each([
    'token = createAccessToken',
    'token = sha256Base64Token2',
    'accessKey: s3ProtocolAccessKeyId,',
    'password: passwordInput.value\n',
    'const tokenType = "authorization_code";',
    'apiKey = process.env.OPENAI_API_KEY_V2_2024\n',
    'TOKEN=$GITHUB_TOKEN_V2_X1\n',
    'token = !user2.isValid3 && a1.b2.c3d4\n',
    'pass = this.x1?.y2?.z3?.w4Value5\n',
    'secret = *default_pw12_X9y8\n',
    'name: "Hideez Token",\n"4e768f2c-5fab-48b3-b300-220eb487752b": "Other"',
    'redis://:password123@host',
    'dotenv://:key_7890@host',
    'npm_config_user_agent_v2_test1',
    'Bearer realm="example.org/api2/v3"',
  ])('code and prose: %s', (text) => {
    expect(holdsSecret(text)).toBe(false);
  });
});

describe('the time that it takes', () => {
  const MEGABYTE = 1024 * 1024;
  const SECONDS = 5;

  it.each([
    'token',
    'pwd ',
    'token-',
    'password = "',
    'password: a<',
    'secret=\n',
    'api_key\\"] \t: a[a[ ',
    'pass, value',
    'secret a(a(a(',
    'ENV pwd ',
    '://a:',
    '://:aaaaaaaaaa',
    '-eyJaaaaaaaaaa',
    'eyJaaaaaaaaaa.eyJaaaaaaaaaa.',
    '-----BEGIN A ',
    '-----BEGIN PRIVATE KEY-----""""',
    'sig=%2F',
    'Bearer a.',
    'sk-a-',
    'token="a',
    'token=\'a"',
  ])('is in proportion to a text that repeats %j', (part) => {
    const started = performance.now();
    holdsSecret(part.repeat(MEGABYTE / part.length));
    expect(performance.now() - started).toBeLessThan(SECONDS * 1000);
  });
});
