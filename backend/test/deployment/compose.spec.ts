import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMPOSE_FILE, DOCKER, variablesOf } from './support/files.js';
import { hasCompose } from './support/programs.js';

interface Service {
  readonly user?: string;
  readonly build?: { readonly dockerfile: string };
  readonly privileged?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly cap_add?: string[];
  readonly security_opt?: string[];
  readonly networks: string[];
  readonly ports?: string[];
  readonly environment?: Record<string, string>;
  readonly env_file?: unknown[];
  readonly healthcheck?: object;
  readonly depends_on?: Record<string, { readonly condition: string }>;
}

interface ComposeFile {
  readonly services: Record<string, Service>;
  readonly networks: Record<string, { readonly internal?: boolean }>;
}

const { services, networks } = parse(readFileSync(COMPOSE_FILE, 'utf8'), { merge: true }) as ComposeFile;
const each = Object.entries(services);

describe('docker/compose.prod.yml', () => {
  it.each(each)(
    '%s runs as a normal user, without capabilities, on a system that cannot be written',
    (_name, service) => {
      const ofImage = service.build && readFileSync(join(DOCKER, '..', service.build.dockerfile), 'utf8');
      const user = service.user ?? /^USER (\S+)$/m.exec(ofImage ?? '')?.[1];
      expect(user).toMatch(/^(?!root$)[a-z]+$/);
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(service.security_opt).toContain('no-new-privileges:true');
      expect([service.privileged, service.cap_add]).toEqual([undefined, undefined]);
    },
  );

  it('lets the outside reach nginx, and nginx the api, but no server with data', () => {
    expect(each.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['frontend']);
    expect(networks['data']).toEqual({ internal: true });
    expect(services['frontend']?.networks).toEqual(['outside']);
    for (const name of ['database', 'redis', 'migrate']) expect(services[name]?.networks).toEqual(['data']);
  });

  it('waits for the migrations, and for what answers', () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        database: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
      });
    }
    expect(each.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual(['migrate']);
  });

  it("keeps the schema owner's password from the product, and the product's secrets from the migrations", () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.environment?.['POSTGRES_PASSWORD']).toBe('');
      expect(services[name]?.environment?.['DATABASE_URL']).toContain('yudai_app:');
    }
    expect(services['migrate']?.env_file).toEqual([]);
  });

  (hasCompose() ? it : it.skip)('is a valid file for `docker compose config` (needs Compose v2)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yudai-compose-'));
    try {
      const file = join(folder, 'test.env');
      const variables = new Map([...variablesOf('example.env')].filter(([, value]) => value !== ''));
      for (const name of ['POSTGRES_PASSWORD', 'POSTGRES_APP_PASSWORD', 'REDIS_PASSWORD'])
        variables.set(name, 'of-tests');
      variables.set('YUDAI_ENV_FILE', file);
      writeFileSync(file, [...variables].map(([name, value]) => `${name}=${value}\n`).join(''));
      const args = ['compose', '--env-file', file, '-f', COMPOSE_FILE, 'config', '--format', 'json'];
      const seen = JSON.parse(execFileSync('docker', args, { encoding: 'utf8' })) as ComposeFile;
      expect(Object.keys(seen.services).sort()).toEqual(Object.keys(services).sort());
      expect(seen.services['api']?.environment?.['POSTGRES_PASSWORD']).toBe('');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
