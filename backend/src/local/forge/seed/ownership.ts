import { timestamp } from '../clock.js';
import type { Account, MemberPermission } from '../state/accounts.js';
import type { State } from '../state/state.js';

/** Fixed, so that a fresh forge is the same everywhere. */
const FOUNDED = timestamp(new Date('2024-03-04T09:00:00Z'));

export const PEOPLE: readonly { readonly login: string; readonly name: string; readonly email: string }[] = [
  { login: 'admin', name: 'Ada Okafor', email: 'ada@acme.example' },
  { login: 'member', name: 'Miro Lindqvist', email: 'miro@acme.example' },
  { login: 'auditor', name: 'Aiko Tanaka', email: 'aiko@acme.example' },
];

type Rights = Readonly<Record<string, MemberPermission>>;
const EVERYBODY: Rights = { admin: 'admin', member: 'write', auditor: 'read' };

/** The organisations of the seed with who is in them. */
const ORGANISATIONS: readonly { readonly login: string; readonly name: string; readonly rights: Rights }[] = [
  { login: 'acme', name: 'Acme', rights: EVERYBODY },
  { login: 'globex', name: 'Globex', rights: { admin: 'admin', auditor: 'read' } },
];

const FIRST_PERSON = 1_001;
const FIRST_ORGANISATION = 2_001;

/** Makes the accounts that every forge has. */
export function seedAccounts(state: State): void {
  state.db.transaction(() => {
    PEOPLE.forEach(({ login, name, email }, index) => {
      state.accounts.ensure({ id: FIRST_PERSON + index, login, type: 'User', name, email, createdAt: FOUNDED });
    });
    ORGANISATIONS.forEach(({ login, name, rights }, index) => {
      if (state.accounts.byLogin(login)) return;
      addOrganisation(state, { id: FIRST_ORGANISATION + index, login, name }, rights);
    });
  });
}

/** The account of this name, made an organisation that all three people are in when there is none. */
export function ensureOwner(state: State, login: string): Account {
  return state.accounts.byLogin(login) ?? addOrganisation(state, { login, name: login }, EVERYBODY);
}

/** Somebody more, in an organisation that is there; who is there already joins it. */
export function addPerson(state: State, login: string, organisation: string, permission: MemberPermission): Account {
  const { id: organisationId } = ensureOwner(state, organisation);
  const wish = { login, type: 'User', name: login, email: `${login}@acme.example`, createdAt: FOUNDED } as const;
  const person = state.accounts.ensure(wish);
  state.accounts.addMember(organisationId, person.id, permission);
  return person;
}

function addOrganisation(
  state: State,
  organisation: { readonly id?: number; readonly login: string; readonly name: string },
  rights: Rights,
): Account {
  const account = state.accounts.ensure({ ...organisation, type: 'Organization', email: null, createdAt: FOUNDED });
  for (const [login, permission] of Object.entries(rights)) {
    const person = state.accounts.byLogin(login);
    if (person) state.accounts.addMember(account.id, person.id, permission);
  }
  return account;
}
