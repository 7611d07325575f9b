import type { Forge } from '../forge.js';
import type { Call } from '../http/call.js';
import { Refusal } from '../http/refusal.js';
import type { Account } from '../state/accounts.js';
import { type Accessible, allows } from '../state/repositories.js';

export interface GitVisit {
  readonly repository: Accessible;
  /** Absent for a stranger, who may read what is public. */
  readonly user?: Account;
}

export type GitService = 'git-upload-pack' | 'git-receive-pack';

const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };

/** Who may fetch from and push to which repository, in the order and with the words of GitHub. */
export class GitAccess {
  constructor(private readonly forge: Forge) {}

  /** @throws Refusal 401, 403, 404 */
  admit(call: Call, owner: string, name: string, service: GitService): GitVisit {
    const user = this.userOf(call);
    const repository = this.forge.state.repositories.find(owner, name, user?.id);
    if (!repository || !allows(repository.permission, 'read')) throw user ? missing() : askWho();
    if (service === 'git-upload-pack') return { repository, ...(user ? { user } : {}) };
    if (!user) throw askWho();
    if (!allows(repository.permission, 'write')) {
      throw refusal(403, `Permission to ${owner}/${name}.git denied to ${user.login}.`);
    }
    if (repository.archived) throw refusal(403, 'This repository was archived so it is read-only.');
    return { repository, user };
  }

  /** Basic credentials whose password is a user's token; the name is not looked at, as on GitHub. */
  private userOf(call: Call): Account | undefined {
    const header = call.header('authorization');
    if (header === undefined) return undefined;
    const [, encoded = ''] = /^basic\s+(\S+)$/i.exec(header) ?? [];
    const [, token = ''] = /:(.*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    const { accounts, grants } = this.forge.state;
    const userId = grants.userOf(token);
    const user = userId === undefined ? undefined : accounts.byId(userId);
    if (!user) throw askWho('Invalid username or token.');
    call.login = user.login;
    return user;
  }
}

function askWho(message = 'No anonymous write access.'): Refusal {
  return new Refusal(401, message, {}, { ...PLAIN, 'www-authenticate': 'Basic realm="GitHub"' });
}

const missing = (): Refusal => refusal(404, 'Repository not found.');
const refusal = (status: number, message: string): Refusal => new Refusal(status, message, {}, PLAIN);
