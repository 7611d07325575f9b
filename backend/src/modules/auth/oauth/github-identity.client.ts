import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { currentContext } from '../../../platform/context/request-context.js';
import { githubFailed, githubTimeout, githubUnavailable } from '../auth.errors.js';

/** What GitHub's token endpoint gives; lifetimes in seconds, absent when the app's tokens do not expire. */
const grant = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
});
export type Grant = z.output<typeof grant>;

const refusal = z.object({ error: z.string() });

const profile = z.object({
  id: z.number().int().positive(),
  login: z.string().min(1),
  name: z.string().nullish(),
  avatar_url: z.string().nullish(),
  email: z.string().nullish(),
});
/** `GET /user` of GitHub's REST API, as far as we keep it. */
export type GithubProfile = z.output<typeof profile>;

const membership = z.object({ state: z.string() });

/** GitHub refuses a code or a refresh token (RFC 6749 §5.2): trying again cannot help. */
export class GrantRefusedError extends Error {
  constructor(readonly code: string) {
    super(`GitHub refused the grant: ${code}`);
    this.name = 'GrantRefusedError';
  }
}

/** The few calls to GitHub that are about who somebody is. Failures are DomainErrors; nothing of an answer is passed on. */
@Injectable()
export class GithubIdentityClient {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /**
   * Trades a code or a refresh token for tokens.
   * @throws GrantRefusedError when GitHub says no.
   */
  async requestGrant(params: Record<string, string>): Promise<Grant> {
    const answer = await this.call(`${this.config.GITHUB_URL}/login/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...params,
        client_id: this.config.GITHUB_CLIENT_ID,
        client_secret: this.config.GITHUB_CLIENT_SECRET,
      }),
    });
    const body = await readJson(answer);
    const refused = refusal.safeParse(body);
    if (refused.success) throw new GrantRefusedError(refused.data.error);
    if (!answer.ok) throw githubFailed(answer.status);
    return expect(grant, body, answer.status);
  }

  async profile(accessToken: string): Promise<GithubProfile> {
    const answer = await this.get('/user', accessToken);
    if (!answer.ok) throw githubFailed(answer.status);
    return expect(profile, await readJson(answer), answer.status);
  }

  /** Whether the user is an active member of the organisation. */
  async isMember(accessToken: string, organisation: string): Promise<boolean> {
    const answer = await this.get(`/user/memberships/orgs/${encodeURIComponent(organisation)}`, accessToken);
    if (answer.status === 404 || answer.status === 403) return false;
    if (!answer.ok) throw githubFailed(answer.status);
    return expect(membership, await readJson(answer), answer.status).state === 'active';
  }

  private get(path: string, accessToken: string): Promise<Response> {
    return this.call(`${this.config.GITHUB_API_URL}${path}`, {
      headers: { Authorization: `Bearer ${accessToken}`, 'X-GitHub-Api-Version': '2022-11-28' },
    });
  }

  private async call(url: string, init: RequestInit): Promise<Response> {
    const requestId = currentContext()?.requestId;
    try {
      return await fetch(url, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(this.config.GITHUB_TIMEOUT_SECONDS * 1_000),
        headers: {
          Accept: 'application/json',
          'User-Agent': 'yudai',
          ...(requestId ? { 'X-Request-Id': requestId } : {}),
          ...init.headers,
        },
      });
    } catch (error) {
      throw failedCall(error);
    }
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw githubFailed(answer.status);
    throw failedCall(error);
  }
}

function expect<T extends z.ZodType>(schema: T, body: unknown, status: number): z.output<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw githubFailed(status);
  return parsed.data;
}

function failedCall(error: unknown): Error {
  return error instanceof DOMException && error.name === 'TimeoutError'
    ? githubTimeout(error)
    : githubUnavailable(error);
}
