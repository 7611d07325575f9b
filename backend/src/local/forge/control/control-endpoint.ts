import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import type { Forge } from '../forge.js';
import { type Answer, empty, json } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { readJson } from '../http/read-body.js';
import { notFound, Refusal } from '../http/refusal.js';
import { RouteTable } from '../http/route-table.js';
import { addPerson } from '../seed/ownership.js';
import type { Account } from '../state/accounts.js';
import type { Deliveries } from '../webhooks/deliveries.js';
import type { Faults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { RepositoryControl } from './repository-control.js';
import { deliveryRequest, grantRequest, personRequest, renameRequest } from './requests.js';

type Control = (body: unknown, parameters: Readonly<Record<string, string>>) => Answer | Promise<Answer>;

export interface ControlParts {
  readonly forge: Forge;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly deliveries: Deliveries;
  readonly repositories: RepositoryControl;
  /** Operations of GitHub's REST API that are served. */
  readonly operations: () => readonly string[];
}

/** `/_forge/…`: what tests switch and look at. */
export class ControlEndpoint {
  private readonly routes: RouteTable<Control>;

  constructor(parts: ControlParts) {
    this.routes = new RouteTable({ ...observations(parts), ...switches(parts) });
  }

  async handle(call: Call): Promise<Answer> {
    const found = this.routes.find(call.method, call.path);
    if (!found) throw new Refusal(404, `There is no ${call.route} here.`);
    try {
      return await found.target(await readJson(call.req), found.parameters);
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      const reasons = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Refusal(400, reasons.join('; '));
    }
  }
}

function observations({ ledger, faults, deliveries, operations }: ControlParts): Readonly<Record<string, Control>> {
  return {
    'GET /_forge/operations': () => json(200, { items: operations() }),
    'GET /_forge/ledger': () => json(200, ledger.list()),
    'GET /_forge/faults': () => json(200, { items: faults.list() }),
    'GET /_forge/deliveries': () => json(200, { items: deliveries.list() }),
    'DELETE /_forge/ledger': () => {
      ledger.clear();
      return empty(204);
    },
  };
}

function switches({ forge, faults, deliveries, repositories }: ControlParts): Readonly<Record<string, Control>> {
  return {
    'POST /_forge/faults': (body) => json(201, faults.add(body)),
    'DELETE /_forge/faults': () => {
      faults.clear();
      return empty(204);
    },
    'POST /_forge/users': (body) => {
      const { login, organisation, permission } = personRequest.parse(body);
      return json(201, addPerson(forge.state, login, organisation, permission));
    },
    'POST /_forge/users/{login}/rename': (body, { login = '' }) => {
      const { login: next } = renameRequest.parse(body);
      const { id } = person(forge, login);
      forge.state.accounts.rename(id, next);
      return json(200, { id, login: next });
    },
    'POST /_forge/users/{login}/grant': (body, { login = '' }) => {
      const { revoked } = grantRequest.parse(body);
      const user = person(forge, login);
      forge.state.grants.setRevoked(user.id, revoked);
      return json(200, { login: user.login, revoked });
    },
    'POST /_forge/permissions': (body) => json(200, repositories.setPermission(body)),
    'POST /_forge/repositories': async (body) => json(201, await repositories.create(body)),
    'POST /_forge/repositories/{owner}/{repo}/commits': async (body, { owner = '', repo = '' }) =>
      json(201, await repositories.commit(owner, repo, body)),
    'POST /_forge/deliveries': async (body) => {
      const { event, payload, deliveryId = randomUUID() } = deliveryRequest.parse(body);
      return json(200, { id: deliveryId, status: await deliveries.sendNow(event, payload, deliveryId) });
    },
  };
}

function person({ state }: Forge, login: string): Account {
  const user = state.accounts.byLogin(login);
  if (user?.type !== 'User') throw notFound();
  return user;
}
