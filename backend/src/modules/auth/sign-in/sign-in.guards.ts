import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { GrantRefusedError } from '../oauth/github-identity.client.js';
import type { GithubIdentity, SignInOptions } from './github.strategy.js';
import type { SignInFailure } from './sign-in.service.js';

const GITHUB_LOGIN = /^[A-Za-z0-9_-]{1,100}$/;

/** Sends the browser to GitHub; the handler behind it is never reached. */
@Injectable()
export class BeginSignInGuard extends AuthGuard('github') {
  override getAuthenticateOptions(context: ExecutionContext): SignInOptions & object {
    const { login } = context.switchToHttp().getRequest<Request>().query;
    const hint = typeof login === 'string' && GITHUB_LOGIN.test(login) ? { login } : {};
    return { begin: true, ...hint };
  }
}

/** How GitHub sent the browser back. */
export type GithubReturn =
  { readonly identity: GithubIdentity; readonly returnTo: string } | { readonly failure: SignInFailure };

export type GithubReturnRequest = Request & { githubReturn: GithubReturn };

/** Checks state, browser and code; lets every outcome pass, for the handler to answer with a page. */
@Injectable()
export class FinishSignInGuard extends AuthGuard('github') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<GithubReturnRequest>();
    const { code, state, error } = req.query;
    if (error === undefined && (typeof code !== 'string' || code === '' || typeof state !== 'string')) {
      req.githubReturn = { failure: 'state' };
      return true;
    }
    return (await super.canActivate(context)) as boolean;
  }

  override getAuthenticateOptions(): SignInOptions & { property: string } {
    return { begin: false, property: 'githubReturn' };
  }

  override handleRequest<T>(
    error: unknown,
    identity: GithubIdentity | false,
    info: unknown,
    context: ExecutionContext,
  ): T {
    const outcome: GithubReturn = identity
      ? { identity, returnTo: (info as { state: { returnTo: string } }).state.returnTo }
      : { failure: failureOf(error, context.switchToHttp().getRequest<Request>()) };
    return outcome as T;
  }
}

function failureOf(error: unknown, req: Request): SignInFailure {
  if (req.query['error'] === 'access_denied') return 'denied';
  if (!error) return 'state';
  const cause = typeof error === 'object' && 'oauthError' in error ? error.oauthError : error;
  if (cause instanceof GrantRefusedError) return 'code';
  if (cause instanceof DomainError || req.query['error'] !== undefined) return 'github';
  throw error as Error;
}
