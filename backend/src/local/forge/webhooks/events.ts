import type { Ledger, LedgerItem } from '../control/ledger.js';
import type { Forge } from '../forge.js';
import type { BareRepository, Commit } from '../git/bare-repository.js';
import type { RefChange } from '../git/ref-change.js';
import { presentAccount, presentOrganisation } from '../rest/present/account.js';
import { presentIssue } from '../rest/present/issue.js';
import { presentPull } from '../rest/present/pull.js';
import { presentRepository } from '../rest/present/repository.js';
import type { Account } from '../state/accounts.js';
import type { Issue } from '../state/issues.js';
import type { Pull } from '../state/pulls.js';
import type { Permission, Repository } from '../state/repositories.js';
import type { Deliveries } from './deliveries.js';
import { presentPushedCommit } from './pushed-commit.js';

const NOTHING = '0'.repeat(40);
/** GitHub's own bound on the commits of one push. */
const MOST_COMMITS = 2_048;

/** Tells what happened: the App's webhook in GitHub's payloads ("Webhook events and payloads"), tests by the ledger. */
export class Events {
  constructor(
    private readonly forge: Omit<Forge, 'events'>,
    private readonly deliveries: Deliveries,
    private readonly ledger: Ledger,
  ) {}

  issueOpened(repository: Repository, issue: Issue, sender: Account): void {
    this.ledger.addIssue(ledgerItem(repository, issue, sender));
    const payload = { action: 'opened', issue: presentIssue(this.whole, repository, issue) };
    this.send('issues', repository, sender, payload);
  }

  pullOpened(repository: Repository, issue: Issue, pull: Pull, sender: Account): void {
    this.ledger.addPull({ ...ledgerItem(repository, issue, sender), head: pull.headRef, base: pull.baseRef });
    const pullRequest = presentPull(this.whole, repository, issue, pull);
    this.send('pull_request', repository, sender, { action: 'opened', number: pull.number, pull_request: pullRequest });
  }

  /** One event for each ref, as GitHub does. */
  async pushed(repository: Repository, changes: readonly RefChange[], sender: Account): Promise<void> {
    const bare = this.forge.storage.repository(repository);
    for (const change of changes) {
      this.send('push', repository, sender, await this.pushOf(repository, bare, change, sender));
    }
  }

  memberChanged(repository: Repository, member: Account, before: Permission, after: Permission, sender: Account): void {
    const action = after === 'none' ? 'removed' : before === 'none' ? 'added' : 'edited';
    const changes = { permission: { from: before, to: after } };
    const payload = { action, member: presentAccount(this.forge.links, member), changes };
    this.send('member', repository, sender, payload);
  }

  private async pushOf(
    repository: Repository,
    bare: BareRepository,
    { ref, before, after }: RefChange,
    sender: Account,
  ): Promise<object> {
    const commits = before && after ? (await bare.between(before, after, MOST_COMMITS)).reverse() : [];
    const head = after ? await bare.commit(after) : null;
    const files = await bare.changedFiles(head ? [...commits, head] : commits);
    const present = (commit: Commit): object =>
      presentPushedCommit(this.forge.links, repository, commit, files.get(commit.sha));
    const html = this.forge.links.repository(repository);
    return {
      ref,
      before: before ?? NOTHING,
      after: after ?? NOTHING,
      base_ref: null,
      created: before === null,
      deleted: after === null,
      forced: before !== null && after !== null && !(await bare.isAncestor(before, after)),
      compare: before && after ? `${html}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}` : html,
      commits: commits.map(present),
      head_commit: head ? present(head) : null,
      pusher: { name: sender.login, email: sender.email },
    };
  }

  private send(event: string, repository: Repository, sender: Account, payload: object): void {
    const { links, state } = this.forge;
    const owner = state.accounts.byId(repository.ownerId);
    this.deliveries.send(event, {
      ...payload,
      repository: presentRepository(this.whole, repository),
      ...(owner?.type === 'Organization' ? { organization: presentOrganisation(links, owner) } : {}),
      installation: { id: repository.ownerId, node_id: String(repository.ownerId) },
      sender: presentAccount(links, sender),
    });
  }

  private get whole(): Forge {
    return { ...this.forge, events: this };
  }
}

function ledgerItem({ owner, name }: Repository, { number, title, body }: Issue, sender: Account): LedgerItem {
  return { repository: `${owner}/${name}`, number, title, body, author: sender.login };
}
