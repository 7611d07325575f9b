import { timestamp } from '../clock.js';
import type { Forge } from '../forge.js';
import { makeCommit } from '../git/make-commit.js';
import type { Pushes } from '../git/pushes.js';
import { notFound, Refusal } from '../http/refusal.js';
import { presentRepository } from '../rest/present/repository.js';
import { ensureOwner } from '../seed/ownership.js';
import type { Account } from '../state/accounts.js';
import type { Repository } from '../state/repositories.js';
import { commitRequest, permissionRequest, repositoryRequest } from './requests.js';

/** Changes of repositories that tests bring about, as if somebody had made them on GitHub: always the account `admin`. */
export class RepositoryControl {
  constructor(
    private readonly forge: Forge,
    private readonly pushes: Pushes,
  ) {}

  async create(body: unknown): Promise<object> {
    const { name: fullName, files, ...wish } = repositoryRequest.parse(body);
    const [owner = '', name = ''] = fullName.split('/');
    const { state, storage } = this.forge;
    if (state.repositories.find(owner, name)) throw new Refusal(409, `${fullName} is there already.`);
    storage.create({ owner, name }, wish.defaultBranch, () => undefined);
    const at = timestamp();
    const repository = state.db.transaction(() => {
      const { id: ownerId } = ensureOwner(state, owner);
      const added = state.repositories.add({ ...wish, ownerId, name, createdAt: at, pushedAt: at });
      state.labels.addStandard(added.id);
      return added;
    });
    if (Object.keys(files).length > 0) {
      await this.addCommit(repository, { branch: wish.defaultBranch, message: 'Initial commit', files });
    }
    return presentRepository(this.forge, state.repositories.byId(repository.id) ?? repository, 'admin');
  }

  async commit(owner: string, name: string, body: unknown): Promise<object> {
    const wish = commitRequest.parse(body);
    return { sha: await this.addCommit(this.repository(owner, name), wish), branch: wish.branch };
  }

  /** Sets what somebody may do, whatever their organisation gives them. */
  setPermission(body: unknown): object {
    const { login, repository: fullName, permission } = permissionRequest.parse(body);
    const [owner = '', name = ''] = fullName.split('/');
    const repository = this.repository(owner, name);
    const { accounts, repositories } = this.forge.state;
    const user = accounts.byLogin(login);
    if (user?.type !== 'User') throw notFound();
    const before = repositories.find(owner, name, user.id)?.permission ?? 'none';
    repositories.setPermission(repository.id, user.id, permission);
    this.forge.events.memberChanged(repository, user, before, permission, this.admin());
    return { login: user.login, repository: fullName, permission, before };
  }

  private addCommit(
    repository: Repository,
    wish: {
      readonly branch: string;
      readonly message: string;
      readonly files: Readonly<Record<string, string | null>>;
    },
  ): Promise<string> {
    const bare = this.forge.storage.repository(repository);
    const { name, email } = this.admin();
    const author = { name, email: email ?? '' };
    return this.pushes.after(repository, this.admin(), async () =>
      makeCommit(bare, { ...wish, author, date: new Date(), from: await bare.head(repository.defaultBranch) }),
    );
  }

  private repository(owner: string, name: string): Repository {
    const found = this.forge.state.repositories.find(owner, name);
    if (!found) throw notFound();
    return found;
  }

  private admin(): Account {
    const account = this.forge.state.accounts.byLogin('admin');
    if (!account) throw new Error('The account admin is gone.');
    return account;
  }
}
