import { pathObject } from '../../../platform/http/path-object.js';
import { loginNotFound, tokenNotFound, userNotFound } from '../auth.errors.js';
import { LoginsService } from '../logins/logins.service.js';
import { ApiTokensService } from '../tokens/api-tokens.service.js';
import { UsersService } from '../users.service.js';

/** `:id` is a login of the caller's. */
export const { Find: OwnLogin, Current: CurrentLogin } = pathObject({
  parameter: 'id',
  service: LoginsService,
  find: (logins, id, { principal }) => logins.find(principal.userId, id),
  missing: loginNotFound,
});

/** `:id` is an API token of the caller's. */
export const { Find: OwnToken, Current: CurrentToken } = pathObject({
  parameter: 'id',
  service: ApiTokensService,
  find: (tokens, id, { principal }) => tokens.find(principal.userId, id),
  missing: tokenNotFound,
});

/** `:id` is a user, disabled or not; whose role allows the route may reach all of them. */
export const { Find: KnownUser, Current: CurrentUser } = pathObject({
  parameter: 'id',
  service: UsersService,
  find: (users, id) => users.byId(id),
  missing: userNotFound,
});
