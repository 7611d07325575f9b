import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../platform/errors/domain-error.js';
import { GithubClient } from './api/github-client.js';
import { isRepositoryName, isOwnerName } from './api/names.js';
import { permissionOf, type RepositoryAnswer } from './api/repository-answer.js';
import type { Permission } from './entities/repository-permission.entity.js';
import { branchNotFound, githubFailed, repositoryEmpty, repositoryNotFound } from './github.errors.js';
import { type KnownRepository, type Right, RepositoriesRepository } from './repositories/repositories.repository.js';

/** What a user may do in a repository, as GitHub said within the last five minutes. */
export interface RepositoryAccess {
  readonly repositoryId: string;
  /** GitHub's own id, a bigint. */
  readonly githubId: string;
  readonly owner: string;
  readonly name: string;
  /** `owner/name` */
  readonly fullName: string;
  readonly private: boolean;
  readonly archived: boolean;
  readonly defaultBranch: string;
  readonly permission: Permission;
  readonly canRead: true;
  readonly canWrite: boolean;
}

export interface BranchHead {
  readonly name: string;
  readonly sha: string;
}

/** How long an answer of GitHub's about a right is believed. */
const BELIEVED_SECONDS = 5 * 60;
/** Times that GitHub is asked when rights change in the meantime. */
const MOST_ATTEMPTS = 3;
/** How long a list waits for GitHub; what is answered later is known the next time. */
const PATIENCE_MS = 2_000;
const WRITES: readonly Permission[] = ['write', 'maintain', 'admin'];

/** Who may do what in which repository: always GitHub's word, asked with the user's own token. */
@Injectable()
export class RepositoriesService {
  constructor(
    private readonly github: GithubClient,
    private readonly repositories: RepositoriesRepository,
  ) {}

  /** @throws DomainError `github.repository-not-found` for what is not there or may not be read. */
  async access(userId: string, owner: string, repo: string): Promise<RepositoryAccess> {
    if (!isOwnerName(owner) || !isRepositoryName(repo)) throw repositoryNotFound();
    const known = await this.repositories.knownRight(userId, { owner, name: repo });
    return accessOf(known ?? (await this.ask(userId, owner, repo)));
  }

  /** The same for a repository that is known here. */
  async accessById(userId: string, repositoryId: string): Promise<RepositoryAccess> {
    const known = await this.repositories.knownRight(userId, { repositoryId });
    if (known) return accessOf(known);
    const repository = await this.repositories.byId(repositoryId);
    if (!repository) throw repositoryNotFound();
    return accessOf(await this.ask(userId, repository.owner, repository.name, repositoryId));
  }

  /**
   * Which of these repositories a user may read. For lists that show of the others that they are there: one whose right GitHub
   * cannot confirm in time is not among them.
   */
  async readable(userId: string, repositoryIds: Iterable<string>): Promise<ReadonlySet<string>> {
    const asked = [...new Set(repositoryIds)].map(async (id) => ({ id, may: await this.mayRead(userId, id) }));
    return new Set((await Promise.all(asked)).filter(({ may }) => may).map(({ id }) => id));
  }

  /** Those of these users who are known to be allowed to read a repository; GitHub is not asked. */
  knownReaders(repositoryId: string, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.repositories.knownReaders(repositoryId, userIds);
  }

  /** The same, whatever is remembered: its name may have changed. */
  async askAnew(userId: string, repositoryId: string): Promise<RepositoryAccess> {
    await this.repositories.forgetRights({ userId, repositoryId });
    return this.accessById(userId, repositoryId);
  }

  /** Those of these repositories that nobody has asked for of late, or since GitHub took their rights away. */
  unasked(repositoryIds: readonly string[]): Promise<string[]> {
    return this.repositories.withoutRights(repositoryIds);
  }

  /** What these repositories are called, without a check of rights: a session's members know its repository's name. */
  async names(repositoryIds: readonly string[]): Promise<Map<string, { owner: string; name: string }>> {
    const rows = await this.repositories.byIds([...new Set(repositoryIds)]);
    return new Map(rows.map(({ id, owner, name }) => [id, { owner, name }]));
  }

  /** The commit that a branch points to. @throws `github.branch-not-found`, `github.repository-empty`. */
  async branch(userId: string, owner: string, repo: string, name: string): Promise<BranchHead> {
    await this.access(userId, owner, repo);
    try {
      const branch = await this.github.call(userId, 'getBranch', { owner, repo, branch: name });
      return { name: branch.name, sha: branch.commit.sha };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'github.repository-not-found') throw error;
      const branches = await this.github.call(userId, 'listBranches', { owner, repo, per_page: 1 });
      throw branches.length === 0 ? repositoryEmpty() : branchNotFound(name);
    }
  }

  private mayRead(userId: string, repositoryId: string): Promise<boolean> {
    const answer = this.accessById(userId, repositoryId).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      },
    );
    return Promise.race([answer, delay(PATIENCE_MS, false, { ref: false })]);
  }

  private async ask(userId: string, owner: string, repo: string, expectedId?: string): Promise<Right> {
    try {
      const right = await this.askUntilCurrent(userId, owner, repo);
      // The name may have passed to another repository since it was stored; that one is not what was asked for.
      if (expectedId !== undefined && right.repository.id !== expectedId) throw repositoryNotFound();
      return right;
    } catch (error) {
      if (expectedId !== undefined && error instanceof DomainError && error.kind === 'not-found') {
        await this.repositories.forgetRights({ userId, repositoryId: expectedId });
      }
      throw error;
    }
  }

  /** An answer that a change of rights has overtaken counts for nothing: GitHub is asked again. */
  private async askUntilCurrent(userId: string, owner: string, repo: string): Promise<Right> {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const askedAt = await this.repositories.now();
      const answer = (await this.github.call(userId, 'getRepository', { owner, repo })) as RepositoryAnswer;
      const permission = permissionOf(answer);
      const told = { userId, permission, askedAt, seconds: BELIEVED_SECONDS };
      const repository = await this.repositories.remember(knownFrom(answer), told);
      if (repository) return { repository, permission };
    }
    throw githubFailed(new Error('rights changed each time they were asked for'));
  }
}

/** Names become parts of addresses; what GitHub would not give as one is no answer of GitHub's. */
function knownFrom(answer: RepositoryAnswer): KnownRepository {
  if (!isOwnerName(answer.owner.login) || !isRepositoryName(answer.name)) {
    throw githubFailed(new Error('a repository was described by an impossible name'));
  }
  return {
    githubId: String(answer.id),
    owner: answer.owner.login,
    name: answer.name,
    private: answer.private,
    archived: answer.archived ?? false,
    defaultBranch: answer.default_branch ?? 'main',
  };
}

function accessOf({ repository, permission }: Right): RepositoryAccess {
  const { id, githubId, owner, name, archived, defaultBranch } = repository;
  return {
    repositoryId: id,
    githubId,
    owner,
    name,
    fullName: `${owner}/${name}`,
    private: repository.private,
    archived,
    defaultBranch,
    permission,
    canRead: true,
    canWrite: WRITES.includes(permission) && !archived,
  };
}
