import { Module } from '@nestjs/common';
import { envSchema, type Env } from './env.schema.js';

/** The parsed environment with the values that follow from it. */
export interface Config extends Env {
  /** Origin under which browsers reach this deployment; links and redirect URIs are built from it. */
  readonly PUBLIC_URL: string;
  /** Where GitHub keeps people's pictures, as `/u/<number>` under it. */
  readonly GITHUB_AVATAR_URL: string;
  readonly LLM_API_KEY: string;
}

export const CONFIG = Symbol('Config');

/** Every problem of the environment at once, so that an operator mends it in one go. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Rules that hold between variables. */
function conflicts(env: Env): string[] {
  const problems: string[] = [];
  if (!env.LLM_API_KEY && !env.OPENROUTER_API_KEY) problems.push('LLM_API_KEY (or OPENROUTER_API_KEY) is missing');
  if (env.ALLOWED_LOGINS.length === 0 && env.ALLOWED_ORGS.length === 0 && !LOOPBACK.has(env.HOST)) {
    problems.push('ALLOWED_ORGS or ALLOWED_LOGINS must say who may sign in when HOST is not a loopback address');
  }
  if (env.PUBLIC_URL?.startsWith('http:') && !LOOPBACK.has(new URL(env.PUBLIC_URL).hostname)) {
    problems.push('PUBLIC_URL must be https:// unless it is on loopback');
  }
  return problems;
}

/**
 * Parses an environment.
 * @throws ConfigError naming every variable that is missing or wrong; values are never repeated in it.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = envSchema.safeParse(environment);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const problems = conflicts(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  const env = parsed.data;
  return Object.freeze({
    ...env,
    PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    GITHUB_AVATAR_URL: env.GITHUB_AVATAR_URL ?? avatarsOf(env.GITHUB_URL),
    LLM_API_KEY: env.LLM_API_KEY ?? env.OPENROUTER_API_KEY ?? '',
  });
}

/** GitHub Enterprise Server keeps them under its own name. */
const avatarsOf = (githubUrl: string): string =>
  githubUrl === 'https://github.com' ? 'https://avatars.githubusercontent.com' : `${githubUrl}/avatars`;

@Module({ providers: [{ provide: CONFIG, useFactory: () => loadConfig(process.env) }], exports: [CONFIG] })
export class ConfigModule {}
