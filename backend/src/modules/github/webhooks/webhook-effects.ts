import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Outbox } from '../../../platform/database/outbox.js';
import { GithubTokens, UsersService } from '../../auth/index.js';
import type { WebhookDelivery } from '../entities/webhook-delivery.entity.js';
import { GithubFactsRepository } from '../repositories/github-facts.repository.js';
import {
  installationPayload,
  issuesPayload,
  memberPayload,
  organizationPayload,
  pullRequestPayload,
  pushPayload,
  repositoryPayload,
  senderPayload,
} from './payloads.js';

/** What is left to do after the commit. */
export interface Aftermath {
  /** Users whose rights on GitHub may have changed. */
  readonly users?: readonly string[];
  /** Repositories that the App may no longer read; what is kept of them on disk goes. */
  readonly withdrawn?: readonly string[];
  /** User who has taken the App's authorization back. */
  readonly revoked?: string;
}

type Effect = (tx: EntityManager, payload: unknown) => Promise<Aftermath>;

const NOTHING: Aftermath = {};
const BRANCH = 'refs/heads/';

/** What each event changes here. Events without an effect, and payloads of another form, are taken and change nothing. */
@Injectable()
export class WebhookEffects {
  private readonly effects: Readonly<Record<string, Effect>> = {
    push: (tx, payload) => this.push(tx, payload),
    issues: (tx, payload) => this.issue(tx, payload),
    pull_request: (tx, payload) => this.pullRequest(tx, payload),
    installation: (tx, payload) => this.installation(tx, payload),
    installation_repositories: (tx, payload) => this.installation(tx, payload),
    repository: (tx, payload) => this.repository(tx, payload),
    member: (tx, payload) => this.member(tx, payload),
    membership: (tx, payload) => this.organization(tx, payload),
    organization: (tx, payload) => this.organization(tx, payload),
    team: (tx, payload) => this.organization(tx, payload),
    github_app_authorization: (tx, payload) => this.authorization(tx, payload),
  };

  constructor(
    private readonly facts: GithubFactsRepository,
    private readonly users: UsersService,
    private readonly tokens: GithubTokens,
    private readonly outbox: Outbox,
  ) {}

  apply(tx: EntityManager, { event, payload }: WebhookDelivery): Promise<Aftermath> {
    return this.effects[event]?.(tx, payload) ?? Promise.resolve(NOTHING);
  }

  private async push(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = pushPayload.safeParse(payload);
    if (!success || data.deleted || !data.ref.startsWith(BRANCH)) return NOTHING;
    const repository = await this.facts.repository(tx, data.repository.id);
    if (!repository) return NOTHING;
    const branch = data.ref.slice(BRANCH.length);
    await this.outbox.add(tx, {
      topic: 'github.push',
      payload: { repositoryId: repository.id, branch, commit: data.after },
    });
    return NOTHING;
  }

  private async issue(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = issuesPayload.safeParse(payload);
    const repository = success ? await this.facts.repository(tx, data.repository.id) : null;
    if (!success || !repository) return NOTHING;
    const { id: githubId, number, title, state, updated_at: updatedAt } = data.issue;
    await this.facts.saveIssue(tx, { repositoryId: repository.id, number, githubId, title, state, updatedAt });
    return NOTHING;
  }

  private async pullRequest(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = pullRequestPayload.safeParse(payload);
    const repository = success ? await this.facts.repository(tx, data.repository.id) : null;
    if (!success || !repository) return NOTHING;
    const { number, state, merged_at: mergedAt } = data.pull_request;
    await this.facts.setPullStatus(
      tx,
      repository.id,
      number,
      mergedAt ? 'merged' : state === 'closed' ? 'closed' : 'open',
    );
    return NOTHING;
  }

  private async installation(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = installationPayload.safeParse(payload);
    if (!success) return NOTHING;
    const { id: githubId, account, suspended_at: suspendedAt } = data.installation;
    const isGone = data.action === 'deleted';
    if (isGone) await this.facts.removeInstallation(tx, githubId);
    else {
      const suspended = suspendedAt ? new Date(suspendedAt) : null;
      await this.facts.saveInstallation(tx, { githubId, account: account.login, suspendedAt: suspended });
    }
    const withdrawn = isGone
      ? { account: account.login }
      : { githubIds: (data.repositories_removed ?? []).map((repository) => repository.id) };
    return {
      users: await this.facts.forgetAccountRights(tx, account.login),
      withdrawn: await this.facts.repositoryIds(tx, withdrawn),
    };
  }

  /** Renamed, moved, archived, made private, deleted: rights are asked for anew in each case. */
  private async repository(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = repositoryPayload.safeParse(payload);
    const known = success ? await this.facts.repository(tx, data.repository.id) : null;
    if (!success || !known) return NOTHING;
    const { id, name, owner, private: isPrivate, archived = false, default_branch: defaultBranch } = data.repository;
    await this.facts.updateRepository(tx, id, {
      name,
      owner: owner.login,
      private: isPrivate,
      archived,
      ...(defaultBranch ? { defaultBranch } : {}),
    });
    return {
      users: await this.facts.forgetRights(tx, { repositoryId: known.id }),
      withdrawn: data.action === 'deleted' ? [known.id] : [],
    };
  }

  private async member(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = memberPayload.safeParse(payload);
    const repository = success ? await this.facts.repository(tx, data.repository.id) : null;
    if (!success || !repository) return NOTHING;
    const user = data.member ? await this.users.byGithubId(data.member.id, tx) : null;
    const of = { repositoryId: repository.id, ...(user ? { userId: user.id } : {}) };
    return { users: [...new Set([...(await this.facts.forgetRights(tx, of)), ...(user ? [user.id] : [])])] };
  }

  /** Who belongs to an organisation or a team, and what a team may do: any of its repositories may be meant. */
  private async organization(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = organizationPayload.safeParse(payload);
    if (!success) return NOTHING;
    return { users: await this.facts.forgetAccountRights(tx, data.organization.login) };
  }

  private async authorization(tx: EntityManager, payload: unknown): Promise<Aftermath> {
    const { success, data } = senderPayload.safeParse(payload);
    const user = success ? await this.users.byGithubId(data.sender.id, tx) : null;
    if (!user) return NOTHING;
    await this.tokens.drop(tx, user.id);
    return { revoked: user.id };
  }
}
