import { Injectable } from '@nestjs/common';
import { type BeforeSending, GithubClient } from './api/github-client.js';
import type { RepositoryName } from './github-issues.js';

/** A pull request on GitHub, as much of it as is used here. */
export interface RemotePull {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed' | 'merged';
}

export interface NewPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
}

interface PullAnswer {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at?: string | null;
}

/** Pull requests on GitHub, with the user's own right. */
@Injectable()
export class GithubPulls {
  constructor(private readonly github: GithubClient) {}

  /** The pull request from a branch of the repository itself, in whatever state; undefined when there is none. */
  async findByHead(userId: string, at: RepositoryName, head: string): Promise<RemotePull | undefined> {
    const [found] = await this.github.call(userId, 'listPulls', { ...at, head: `${at.owner}:${head}`, state: 'all' });
    return found ? toPull(found) : undefined;
  }

  /** Opens a pull request, without trying again: when this fails after `beforeSending`, it may be there nevertheless. */
  async create(userId: string, at: RepositoryName, pull: NewPull, beforeSending?: BeforeSending): Promise<RemotePull> {
    return toPull(await this.github.call(userId, 'createPull', { ...at, ...pull }, beforeSending));
  }
}

function toPull({ number, html_url: url, state, merged_at: mergedAt }: PullAnswer): RemotePull {
  return { number, url, state: mergedAt ? 'merged' : state === 'closed' ? 'closed' : 'open' };
}
