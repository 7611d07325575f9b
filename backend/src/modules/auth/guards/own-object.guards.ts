import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import { isId } from '../../../platform/database/ids.js';
import { loginNotFound, tokenNotFound, userNotFound } from '../auth.errors.js';
import type { ApiToken } from '../entities/api-token.entity.js';
import type { Login } from '../entities/login.entity.js';
import type { User } from '../entities/user.entity.js';
import { LoginsService } from '../logins/logins.service.js';
import { ApiTokensService } from '../tokens/api-tokens.service.js';
import { UsersService } from '../users.service.js';

/** The object of a request, which a guard has looked up before anything else of the request was looked at. */
type RequestFor<T> = AuthenticatedRequest & { object: T };

/** Handler parameter: what the path's `:id` names. */
export const PathObject = createParamDecorator(
  (_data: unknown, context: ExecutionContext): unknown => requestOf<unknown>(context).object,
);

function requestOf<T>(context: ExecutionContext): RequestFor<T> {
  return context.switchToHttp().getRequest<RequestFor<T>>();
}

function idOf({ params }: AuthenticatedRequest): string | undefined {
  const { id } = params;
  return typeof id === 'string' && isId(id) ? id : undefined;
}

/** `:id` is a login of the caller; else 404. */
@Injectable()
export class OwnLoginGuard implements CanActivate {
  constructor(private readonly logins: LoginsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = requestOf<Login>(context);
    const id = idOf(req);
    const login = id && (await this.logins.find(req.principal.userId, id));
    if (!login) throw loginNotFound();
    req.object = login;
    return true;
  }
}

/** `:id` is an API token of the caller; else 404. */
@Injectable()
export class OwnTokenGuard implements CanActivate {
  constructor(private readonly tokens: ApiTokensService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = requestOf<ApiToken>(context);
    const id = idOf(req);
    const token = id && (await this.tokens.find(req.principal.userId, id));
    if (!token) throw tokenNotFound();
    req.object = token;
    return true;
  }
}

/** `:id` is a user; else 404. */
@Injectable()
export class KnownUserGuard implements CanActivate {
  constructor(private readonly users: UsersService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = requestOf<User>(context);
    const id = idOf(req);
    const user = id && (await this.users.byId(id));
    if (!user) throw userNotFound();
    req.object = user;
    return true;
  }
}
