import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request, Response } from 'express';
import OAuth2Strategy from 'passport-oauth2';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { type GithubProfile, GithubIdentityClient, type Grant } from '../oauth/github-identity.client.js';
import { OauthStateStore } from './oauth-state.store.js';

export const CALLBACK_PATH = '/api/auth/callback';

/** Who came back from GitHub, and what GitHub lets us do for them. */
export interface GithubIdentity {
  readonly profile: GithubProfile;
  readonly grant: Grant;
}

export interface SignInOptions {
  /** Send the browser to GitHub; otherwise it comes back from there. */
  readonly begin: boolean;
  /** The account that GitHub should suggest. */
  readonly login?: string;
}

type Done<T extends unknown[]> = (error: unknown, ...values: T) => void;

/** OAuth's authorization code flow with state and PKCE (S256); our own store and our own calls, with their time limits. */
@Injectable()
export class GithubStrategy extends PassportStrategy(OAuth2Strategy, 'github', true) {
  constructor(
    @Inject(CONFIG) config: Config,
    private readonly github: GithubIdentityClient,
    states: OauthStateStore,
  ) {
    super({
      authorizationURL: `${config.GITHUB_URL}/login/oauth/authorize`,
      tokenURL: `${config.GITHUB_URL}/login/oauth/access_token`,
      clientID: config.GITHUB_CLIENT_ID,
      clientSecret: config.GITHUB_CLIENT_SECRET,
      callbackURL: `${config.PUBLIC_URL}${CALLBACK_PATH}`,
      pkce: true,
      store: libraryStore(states),
    });
    Object.assign(this._oauth2, { getOAuthAccessToken: libraryExchange(github) });
  }

  /** `begin` says which half of the flow this is; the library would read it from the query, which is anybody's. */
  override authenticate(req: Request, options: SignInOptions): void {
    const { code, state, error, returnTo } = req.query;
    const query = options.begin ? { returnTo } : { code, state, error };
    const seen = Object.create(req, { query: { value: query }, body: { value: undefined } }) as Request;
    super.authenticate(seen, options);
  }

  override authorizationParams({ login }: SignInOptions): object {
    return login === undefined ? {} : { login };
  }

  override userProfile(accessToken: string, done: Done<[GithubProfile?]>): void {
    this.github.profile(accessToken).then(
      (profile) => done(null, profile),
      (error: unknown) => done(error),
    );
  }

  validate(_accessToken: string, _refreshToken: string, grant: Grant, profile: GithubProfile): GithubIdentity {
    return { profile, grant };
  }
}

/** Our call to the token endpoint in the library's shape. */
function libraryExchange(github: GithubIdentityClient) {
  return (code: string, params: Record<string, string>, done: Done<[string?, string?, Grant?]>): void => {
    github.requestGrant({ ...params, code }).then(
      (grant) => done(null, grant.access_token, grant.refresh_token, grant),
      (error: unknown) => done(error),
    );
  };
}

/** The store in the shape that the library calls: the number of arguments tells it what we want. */
function libraryStore(states: OauthStateStore): OAuth2Strategy.StateStore {
  return {
    store(
      req: Request & { res: Response },
      verifier: string,
      _state: unknown,
      _meta: unknown,
      done: Done<[string?]>,
    ): void {
      states.begin(req, req.res, verifier).then(
        (state) => done(null, state),
        (error: unknown) => done(error),
      );
    },
    verify(req: Request, state: unknown, _meta: unknown, done: Done<[(string | false)?, unknown?]>): void {
      states.take(req, state).then(
        (begun) => (begun ? done(null, begun.codeVerifier, begun) : done(null, false, { message: 'state' })),
        (error: unknown) => done(error),
      );
    },
  } as unknown as OAuth2Strategy.StateStore;
}
