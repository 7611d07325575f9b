import { z } from 'zod';
import { LocalServerError } from '../support/child.js';
import type { Client } from './oauth/access-token.js';
import type { Receiver } from './webhooks/deliveries.js';

export interface ForgeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder for everything that the forge keeps. */
  readonly data: string;
  readonly client: Client;
  /** Where webhooks go; without, there are none. */
  readonly webhook: Receiver | undefined;
  /** Folders on this machine to serve beside the seed. */
  readonly repositories: readonly string[];
}

const environment = z.object({
  FORGE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  FORGE_DATA: z.string().min(1),
  FORGE_CLIENT_ID: z.string().min(1),
  FORGE_CLIENT_SECRET: z.string().min(1),
  FORGE_WEBHOOK_SECRET: z.string().default(''),
  FORGE_WEBHOOK_URL: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  YUDAI_REPOS: z.string().default(''),
});

/** @throws LocalServerError naming every variable that is missing or wrong */
export function readOptions(env: NodeJS.ProcessEnv): ForgeOptions {
  const { data, error } = environment.safeParse(env);
  if (!data) {
    const reasons = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new LocalServerError(`The local forge cannot start: ${reasons.join('; ')}.`);
  }
  const { FORGE_WEBHOOK_URL: url, FORGE_WEBHOOK_SECRET: secret } = data;
  return {
    port: data.FORGE_PORT,
    data: data.FORGE_DATA,
    client: { id: data.FORGE_CLIENT_ID, secret: data.FORGE_CLIENT_SECRET },
    webhook: url === '' ? undefined : { url, secret },
    repositories: data.YUDAI_REPOS.split(':').filter((path) => path.trim() !== ''),
  };
}
