import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard as PassportGuard } from '@nestjs/passport';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import {
  ACCESS,
  type AccessRule,
  type AuthenticatedRequest,
  restsOn,
} from '../../../platform/http/access.decorator.js';
import type { Principal, Scope } from '../../../platform/http/principal.js';
import { isFromTrustedPage } from '../../../platform/http/same-origin.js';
import { crossSite, missingRole, missingScope, noTokensHere, unauthenticated } from '../auth.errors.js';
import { LoginRevocations } from '../login-revocations.js';
import { nameInContext } from '../principals.js';

/** Before every handler: who is it (401), did our own page send it (403), and may they (403). What is not declared is closed. */
@Injectable()
export class AuthGuard extends PassportGuard(['bearer', 'cookie']) {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reflector: Reflector,
    private readonly revocations: LoginRevocations,
  ) {
    super({ property: 'principal' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    await super.canActivate(context);
    const req = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const { principal } = req;
    nameInContext(principal);
    if (principal.via === 'cookie' && !isFromTrustedPage(req, this.config)) throw crossSite();
    if (rule === undefined) throw missingRole();
    demand(principal, rule);
    restsOn(req, (stream) => this.revocations.watch(principal, stream));
    return true;
  }

  override handleRequest<T>(error: unknown, principal: T | false): T {
    if (error) throw error as Error;
    if (!principal) throw unauthenticated();
    return principal;
  }
}

function demand(principal: Principal, { scope, roles, cookieOnly }: Exclude<AccessRule, 'public'>): void {
  if (principal.via === 'token') {
    if (cookieOnly) throw noTokensHere();
    if (!covers(principal.scopes ?? [], scope)) throw missingScope(scope);
  }
  if (roles && !roles.includes(principal.role)) throw missingRole();
}

/** Administration includes reading the audit trail; the other scopes include nothing but themselves. */
function covers(scopes: readonly Scope[], wanted: Scope): boolean {
  return scopes.includes(wanted) || (wanted === 'audit' && scopes.includes('admin'));
}
