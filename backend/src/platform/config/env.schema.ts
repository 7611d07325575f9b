import { z } from 'zod';

/** `a, b,c` → `['a', 'b', 'c']`; empty parts are dropped. */
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

const whole = (least: number, most: number, standard: number) =>
  z.coerce.number().int().min(least).max(most).default(standard);

/** An unset variable and an empty one mean the same: compose files pass empty strings for what was left out. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const key = z.string().min(32, 'must have at least 32 characters; `openssl rand -hex 32` makes one');

/** A number that may stay unset; an empty text means the same, as everywhere. */
const atLeast = (least: number) => optional(z.coerce.number().min(least).max(1e12));

/** Scheme, host and port, as browsers write them in `Origin`. */
const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as https://tools.example, without a path',
  );

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** Every environment variable the product reads, with its default. Parsed once, at start. */
export const envSchema = z.object({
  // Where this server listens and how it is reached
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65535, 3000),
  PUBLIC_URL: optional(url),
  CLIENT_DIR: optional(z.string()),
  TRUST_PROXY: optional(z.string()),
  ALLOW_ORIGINS: list.pipe(z.array(origin)),
  METRICS_PORT: optional(z.coerce.number().int().min(0).max(65535)),
  API_DOCS: flag,
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  SHUTDOWN_SECONDS: whole(1, 300, 15),

  // Where things are kept
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL'),
  DATABASE_POOL: whole(1, 200, 10),
  REDIS_URL: z.string().regex(/^rediss?:\/\//, 'must be a redis:// URL'),
  DATA_DIR: z.string().min(1),
  SECRET_KEY: key,
  ENCRYPTION_KEY: optional(key),
  ENCRYPTION_KEYS_OLD: list.pipe(z.array(key)),

  // GitHub
  GITHUB_URL: url.default('https://github.com'),
  GITHUB_API_URL: url.default('https://api.github.com'),
  GITHUB_AVATAR_URL: optional(url),
  GITHUB_CLIENT_ID: z.string().min(1),
  GITHUB_CLIENT_SECRET: z.string().min(1),
  GITHUB_WEBHOOK_SECRET: z.string().min(16),
  GITHUB_APP_SLUG: optional(z.string().regex(/^[a-z0-9-]+$/)),
  GITHUB_TIMEOUT_SECONDS: whole(1, 120, 15),
  GITHUB_SETTLE_SECONDS: whole(0, 600, 60),

  // Language model
  LLM_BASE_URL: url.default('https://openrouter.ai/api/v1'),
  LLM_API_KEY: optional(z.string()),
  OPENROUTER_API_KEY: optional(z.string()),
  LLM_MODEL: z.string().default('anthropic/claude-sonnet-4.5'),
  LLM_CONTEXT_TOKENS: whole(2_000, 2_000_000, 32_000),
  LLM_TIMEOUT_SECONDS: whole(1, 900, 120),
  LLM_PROMPT_USD_PER_MTOK: atLeast(0),
  LLM_COMPLETION_USD_PER_MTOK: atLeast(0),

  // Who may sign in, and as what
  ALLOWED_ORGS: list,
  ALLOWED_LOGINS: list,
  ADMIN_LOGINS: list,
  AUDITOR_LOGINS: list,
  LOGIN_IDLE_HOURS: whole(1, 720, 24),
  LOGIN_ABSOLUTE_DAYS: whole(1, 90, 7),

  // The audit
  AUDIT_ANCHOR_DIR: optional(z.string()),
  AUDIT_ARCHIVE_DIR: optional(z.string()),
  AUDIT_FORWARD_URL: optional(z.url({ protocol: /^(https?|syslog\+tls|syslog\+tcp)$/ })),
  AUDIT_FORWARD_TOKEN: optional(z.string()),

  // Sessions
  SESSION_TTL_DAYS: whole(1, 3650, 180),

  // Limits per minute
  LIMIT_SIGN_IN: whole(1, 100_000, 30),
  LIMIT_WEBHOOKS: whole(1, 1_000_000, 6_000),
  LIMIT_REPOSITORIES: whole(1, 100_000, 60),
  LIMIT_SEARCH: whole(1, 100_000, 60),
  LIMIT_CHAT: whole(1, 100_000, 20),
  LIMIT_DRAFT: whole(1, 100_000, 10),
  LIMIT_PUBLISH: whole(1, 100_000, 10),
  LIMIT_SOLVE: whole(1, 100_000, 5),
  LIMIT_DEFAULT: whole(1, 1_000_000, 600),
  LIMIT_ADDRESS_FACTOR: whole(1, 10_000, 20),

  // Budgets for the language model; unset is unlimited
  BUDGET_TOKENS_PER_DAY: atLeast(0),
  BUDGET_USD_PER_MONTH: atLeast(0),
  BUDGET_USER_TOKENS_PER_DAY: atLeast(0),
  BUDGET_USER_USD_PER_MONTH: atLeast(0),

  // Index
  INDEX_MAX_FILES: whole(1, 1_000_000, 50_000),
  INDEX_CONCURRENCY: whole(1, 16, 1),
  SEARCH_RERANK: flag,
  EMBEDDINGS_MODEL_DIR: optional(z.string()),
  EMBEDDINGS_FORMER_MODEL_DIR: optional(z.string()),
  EMBEDDINGS_THREADS: whole(1, 64, 2),

  // Solver
  MAX_CONCURRENT_SOLVES: whole(1, 64, 3),
  MAX_OPEN_SOLVES_PER_USER: whole(1, 100, 5),
  MAX_SOLVE_TIME_MINUTES: whole(1, 600, 30),
  MAX_SOLVE_STEPS: whole(1, 1_000, 50),
  MAX_SOLVE_COST_USD: z.coerce.number().min(0).max(10_000).default(10),
  SOLVER_TIMEOUT_SECONDS: whole(1, 36_000, 1_800),
  SOLVER_COMMAND_SECONDS: whole(1, 3_600, 120),
  SANDBOX_MEMORY_MB: whole(64, 65_536, 2_048),
  SANDBOX_DISK_MB: whole(16, 65_536, 1_024),
});

export type Env = z.output<typeof envSchema>;
