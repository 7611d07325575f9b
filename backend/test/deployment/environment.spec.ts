import { readFileSync } from 'node:fs';
import { envSchema } from '../../src/platform/config/env.schema.js';
import { COMPOSE_FILE, productSources, variablesOf } from './support/files.js';

const offered = variablesOf('example.env');
const ofProduct = Object.keys(envSchema.shape);
const ofCompose = [...readFileSync(COMPOSE_FILE, 'utf8').matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map(
  ([, name = '']) => name,
);
const ofMigrations = ['DATABASE_URL', 'APPLICATION_DATABASE_URL'];

describe('docker/example.env', () => {
  it('names every variable that anything reads, and no other', () => {
    expect([...offered.keys()].sort()).toEqual([...new Set([...ofProduct, ...ofCompose, ...ofMigrations])].sort());
  });

  it('shows the defaults as they are', () => {
    const needed = {
      DATABASE_URL: 'postgres://h/d',
      REDIS_URL: 'redis://h',
      DATA_DIR: '/d',
      SECRET_KEY: 's'.repeat(32),
    };
    const github = { GITHUB_CLIENT_ID: 'i', GITHUB_CLIENT_SECRET: 's', GITHUB_WEBHOOK_SECRET: 'w'.repeat(16) };
    const defaults = envSchema.parse({ ...needed, ...github });
    const shown = Object.entries<unknown>(defaults).filter(
      ([name, value]) => !(name in needed) && !(name in github) && value !== undefined,
    );
    for (const [name, value] of shown) {
      expect(`${name}=${offered.get(name)}`).toBe(`${name}=${Array.isArray(value) ? value.join(',') : String(value)}`);
    }
  });

  it('keeps no secret', () => {
    const secrets = [...offered].filter(([name]) => /PASSWORD|SECRET|_KEY$/.test(name));
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter(([, value]) => value !== '')).toEqual([]);
  });
});

it('every variable of the product is read somewhere', () => {
  const text = productSources();
  expect(ofProduct.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});
