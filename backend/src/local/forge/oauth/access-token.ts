import { createHash } from 'node:crypto';
import { constantTimeEqual } from '../../../platform/crypto/tokens.js';
import type { Forge } from '../forge.js';
import { type Answer, json } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { readBody } from '../http/read-body.js';
import { Refusal } from '../http/refusal.js';
import type { TokenPair } from '../state/grants.js';
import { parameter, VERIFIER } from './parameters.js';

export interface Client {
  readonly id: string;
  readonly secret: string;
}

const DOCUMENTATION =
  'https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';

/** `POST /login/oauth/access_token`: trades a code or a refresh token for user tokens. */
export class AccessTokenEndpoint {
  constructor(
    private readonly forge: Forge,
    private readonly client: Client,
  ) {}

  /** GitHub answers 200 to a refusal too, with `error` in the body. */
  async handle(call: Call): Promise<Answer> {
    const form = await readForm(call);
    const isClient =
      constantTimeEqual(parameter(form, 'client_id') ?? '', this.client.id) &&
      constantTimeEqual(parameter(form, 'client_secret') ?? '', this.client.secret);
    if (!isClient)
      return refused('incorrect_client_credentials', 'The client_id and/or client_secret passed are incorrect.');
    const grantType = parameter(form, 'grant_type') ?? 'authorization_code';
    if (grantType === 'refresh_token') return this.refresh(form);
    if (grantType !== 'authorization_code')
      return refused('unsupported_grant_type', 'The grant_type is not supported.');
    return this.redeem(form);
  }

  private redeem(form: URLSearchParams): Answer {
    const { grants } = this.forge.state;
    const authorization = grants.takeCode(parameter(form, 'code') ?? '');
    if (!authorization || !provesVerifier(parameter(form, 'code_verifier'), authorization.challenge)) {
      return refused('bad_verification_code', 'The code passed is incorrect or expired.');
    }
    if (parameter(form, 'redirect_uri') !== authorization.redirectUri) {
      return refused('redirect_uri_mismatch', 'The redirect_uri must match the one that the code was given out for.');
    }
    return granted(grants.issuePair(authorization.userId));
  }

  private refresh(form: URLSearchParams): Answer {
    const pair = this.forge.state.grants.refresh(parameter(form, 'refresh_token') ?? '');
    return pair ? granted(pair) : refused('bad_refresh_token', 'The refresh token passed is incorrect or expired.');
  }
}

/** RFC 7636 §4.6; a code that was asked for without a challenge takes no verifier. */
function provesVerifier(verifier: string | undefined, challenge: string | null): boolean {
  if (challenge === null) return verifier === undefined;
  if (verifier === undefined || !VERIFIER.test(verifier)) return false;
  return constantTimeEqual(createHash('sha256').update(verifier).digest('base64url'), challenge);
}

function granted(pair: TokenPair): Answer {
  return answered({
    access_token: pair.accessToken,
    expires_in: pair.expiresIn,
    refresh_token: pair.refreshToken,
    refresh_token_expires_in: pair.refreshExpiresIn,
    scope: '',
    token_type: 'bearer',
  });
}

function refused(error: string, description: string): Answer {
  return answered({
    error,
    error_description: description,
    error_uri: `${DOCUMENTATION}#${error.replaceAll('_', '-')}`,
  });
}

function answered(body: object): Answer {
  return json(200, body, { 'cache-control': 'no-store' });
}

/** A form or a JSON object; GitHub takes both. @throws Refusal 400 */
async function readForm(call: Call): Promise<URLSearchParams> {
  const text = (await readBody(call.req)).toString('utf8');
  if (!/^application\/json\b/i.test(call.header('content-type') ?? '')) return new URLSearchParams(text);
  try {
    const values = Object.entries(JSON.parse(text) as object);
    return new URLSearchParams(values.map(([name, value]): [string, string] => [name, String(value)]));
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}
