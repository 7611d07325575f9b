import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { forbidden, notFound } from '../http/refusal.js';
import type { Forge } from '../forge.js';
import type { ValidRequest } from '../openapi/request-validator.js';
import type { Account } from '../state/accounts.js';
import { type Accessible, allows } from '../state/repositories.js';

/** A validated request of somebody who is known. */
export interface ApiCall extends ValidRequest {
  readonly call: Call;
  readonly user: Account;
}

export type Operation = (call: ApiCall) => Answer | Promise<Answer>;
export type Operations = Readonly<Record<string, Operation>>;

/** The repository of the path. @throws Refusal 404 for what is not there or may not be read */
export function readable({ state }: Forge, { path, user }: ApiCall): Accessible {
  const found = state.repositories.find(String(path['owner']), String(path['repo']), user.id);
  if (!found || !allows(found.permission, 'read')) throw notFound();
  return found;
}

/**
 * The same for somebody who wants to change something. Readers may not: like an App's token whose rights end there.
 * @throws Refusal 404, 403
 */
export function writable(forge: Forge, call: ApiCall): Accessible {
  const repository = readable(forge, call);
  if (!allows(repository.permission, 'write')) throw forbidden();
  if (repository.archived) throw forbidden('Repository was archived so is read-only.');
  return repository;
}
