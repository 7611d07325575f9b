import { createHash } from 'node:crypto';
import { ZodError } from 'zod';
import type { Forge } from '../forge.js';
import { type Answer, empty } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { readJson } from '../http/read-body.js';
import { badCredentials, Refusal, requiresAuthentication, validationFailed } from '../http/refusal.js';
import { RouteTable } from '../http/route-table.js';
import { RequestValidator } from '../openapi/request-validator.js';
import type { Account } from '../state/accounts.js';
import type { Operation } from './api-call.js';
import { issueOperations } from './operations/issue-operations.js';
import { pullOperations } from './operations/pull-operations.js';
import { repositoryOperations } from './operations/repository-operations.js';
import { userOperations } from './operations/user-operations.js';
import { RateLimits } from './rate-limits.js';

const PREFIX = '/api';
const VERSION = '2022-11-28';
/** Any scheme of RFC 9110 that GitHub takes a token in. */
const TOKEN = /^(?:bearer|token)\s+(\S+)$/i;

/** GitHub's REST API, as much of it as is served; every request is held against GitHub's own description of it. */
export class RestApi {
  private readonly routes: RouteTable<Operation>;
  private readonly validator: RequestValidator;
  private readonly limits = new RateLimits();

  /** @throws Error when GitHub does not describe an operation, or its schema cannot be compiled */
  constructor(private readonly forge: Forge) {
    this.routes = new RouteTable({
      ...userOperations(forge),
      ...repositoryOperations(forge),
      ...issueOperations(forge),
      ...pullOperations(forge),
    });
    this.validator = RequestValidator.compile(this.routes.routes);
  }

  /** Operations whose requests are validated and answered. */
  get operations(): string[] {
    return this.validator.routes;
  }

  async handle(call: Call): Promise<Answer> {
    const found = this.routes.find(call.method, call.path.slice(PREFIX.length));
    if (!found) throw new Refusal(501, `${call.route} is not served by the local forge.`);
    checkHeaders(call);
    const user = this.authenticate(call);
    this.limits.count(user.id);
    try {
      const query = Object.fromEntries(call.query);
      const request = { path: found.parameters, query, body: await readJson(call.req) };
      const answer = await found.target({ ...this.validator.validate(found.route, request), call, user });
      return this.conditional(call, user, answer);
    } catch (error) {
      throw this.withLimits(error, user);
    }
  }

  /** Notes whose call it is, so that the ledger can tell even where a fault answers in the API's place. */
  recognise(call: Call): Account | undefined {
    const { accounts, grants } = this.forge.state;
    const userId = grants.userOf(TOKEN.exec(call.header('authorization') ?? '')?.[1] ?? '');
    const user = userId === undefined ? undefined : accounts.byId(userId);
    if (user) call.login = user.login;
    return user;
  }

  private authenticate(call: Call): Account {
    if (call.header('authorization') === undefined) throw requiresAuthentication();
    const user = this.recognise(call);
    if (!user) throw badCredentials();
    return user;
  }

  /** "Best practices for using the REST API": what has not changed is answered with 304. */
  private conditional(call: Call, user: Account, answer: Answer): Answer {
    const common = { 'x-github-api-version-selected': VERSION, 'x-github-media-type': 'github.v3; format=json' };
    if (call.method !== 'GET' || typeof answer.body !== 'string') {
      return { ...answer, headers: { ...answer.headers, ...common, ...this.limits.headers(user.id) } };
    }
    const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`;
    const cache = { etag, 'cache-control': 'private, max-age=60, s-maxage=60', vary: 'Accept, Authorization' };
    const known = (call.header('if-none-match') ?? '').split(/\s*,\s*/).includes(etag);
    if (known) this.limits.giveBack(user.id);
    const headers = { ...common, ...cache, ...this.limits.headers(user.id) };
    return known ? empty(304, headers) : { ...answer, headers: { ...answer.headers, ...headers } };
  }

  private withLimits(error: unknown, user: Account): unknown {
    const refusal = error instanceof ZodError ? fromZod(error) : error;
    if (!(refusal instanceof Refusal)) return refusal;
    const headers = { ...this.limits.headers(user.id), ...refusal.headers };
    return new Refusal(refusal.status, refusal.message, refusal.details, headers);
  }
}

function checkHeaders(call: Call): void {
  if (!call.header('user-agent')) {
    throw new Refusal(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    );
  }
  const version = call.header('x-github-api-version');
  if (version !== undefined && version !== VERSION) {
    throw new Refusal(400, `The given API version "${version}" is not supported. Supported: ${VERSION}.`);
  }
}

function fromZod({ issues }: ZodError): Refusal {
  return validationFailed(
    issues.map(({ path, message }) => ({ resource: 'Request', field: path.join('.'), code: 'invalid', message })),
  );
}
