import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type Page, sliceAt } from '../../platform/http/pagination.js';
import { RedisClient } from '../../platform/redis/redis.module.js';
import { stripInvisible } from '../../platform/text/invisible.js';
import { GithubClient } from './api/github-client.js';
import { permissionOf, type RepositoryAnswer } from './api/repository-answer.js';
import type { RepositoryDto } from './dto/repository.dto.js';

export interface RepositoryQuery {
  readonly query?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Type-ahead asks many times in a row; GitHub is asked once. */
const KEPT_SECONDS = 60;

/** Every repository that a user can reach: owned, by organisation, as collaborator; the latest pushed first. */
@Injectable()
export class RepositoryListService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly github: GithubClient,
    private readonly redis: RedisClient,
  ) {}

  async list(userId: string, { query = '', cursor, limit }: RepositoryQuery): Promise<Page<RepositoryDto>> {
    const wanted = query.trim().toLowerCase();
    const all = await this.all(userId);
    const matching = wanted === '' ? all : all.filter(({ fullName }) => fullName.toLowerCase().includes(wanted));
    return sliceAt(matching, { cursor, limit });
  }

  async one(userId: string, owner: string, repo: string): Promise<RepositoryDto> {
    const answer = (await this.github.call(userId, 'getRepository', { owner, repo })) as RepositoryAnswer;
    return this.present(answer, await this.installedAccounts(userId));
  }

  /** Forgets the list, so that a change of rights shows at once. */
  async forget(userId: string): Promise<void> {
    await this.redis.del(keyOf(userId));
  }

  private async all(userId: string): Promise<RepositoryDto[]> {
    const kept = await this.redis.get(keyOf(userId)).catch(() => null);
    if (kept) return JSON.parse(kept) as RepositoryDto[];
    const accounts = await this.installedAccounts(userId);
    const found: RepositoryDto[] = [];
    const wish = { affiliation: 'owner,collaborator,organization_member', sort: 'pushed', direction: 'desc' } as const;
    for await (const answers of this.github.pages(userId, 'listRepositories', wish)) {
      found.push(...(answers as RepositoryAnswer[]).map((answer) => this.present(answer, accounts)));
    }
    await this.redis.set(keyOf(userId), JSON.stringify(found), 'EX', KEPT_SECONDS).catch(() => undefined);
    return found;
  }

  /** Accounts on which the App is installed; undefined for a plain OAuth app, which reaches whatever its user reaches. */
  private async installedAccounts(userId: string): Promise<ReadonlySet<string> | undefined> {
    try {
      const logins = new Set<string>();
      for await (const { installations } of this.github.pages(userId, 'listInstallations', {})) {
        for (const { account } of installations) if (account && 'login' in account) logins.add(account.login);
      }
      return logins;
    } catch (error) {
      if (error instanceof DomainError && ['github.forbidden', 'github.repository-not-found'].includes(error.code))
        return undefined;
      throw error;
    }
  }

  private present(answer: RepositoryAnswer, accounts: ReadonlySet<string> | undefined): RepositoryDto {
    const permission = permissionOf(answer);
    const owner = answer.owner.login;
    const archived = answer.archived ?? false;
    const installed = accounts?.has(owner) ?? true;
    const { GITHUB_APP_SLUG: slug, GITHUB_URL } = this.config;
    return {
      owner,
      name: answer.name,
      fullName: answer.full_name,
      private: answer.private,
      archived,
      defaultBranch: answer.default_branch ?? 'main',
      description: stripInvisible(answer.description ?? '') || null,
      language: answer.language ?? null,
      stars: answer.stargazers_count ?? 0,
      openIssues: answer.open_issues_count ?? 0,
      pushedAt: answer.pushed_at ? new Date(answer.pushed_at).toISOString() : null,
      permission,
      canWrite: ['admin', 'maintain', 'write'].includes(permission) && !archived,
      installed,
      ...(!installed && slug ? { installUrl: `${GITHUB_URL}/apps/${slug}/installations/new` } : {}),
    };
  }
}

const keyOf = (userId: string): string => `yudai:repositories:${userId}`;
