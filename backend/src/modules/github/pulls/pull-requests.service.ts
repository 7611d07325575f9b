import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../../platform/database/ids.js';
import { AuditLog } from '../../audit/index.js';
import type { PullRequest } from '../entities/pull-request.entity.js';
import { type NewPullRequest, PullRequestsRepository } from '../repositories/pull-requests.repository.js';

export interface PullRequestWish extends Omit<NewPullRequest, 'id'> {
  readonly solveId: string;
  /** `owner/name` */
  readonly repository: string;
}

export interface PullRequestState {
  readonly status: 'opening' | 'open' | 'failed' | 'closed' | 'merged';
  readonly number: number | null;
  readonly url: string | null;
}

/** Pull requests that this product opens, and the intents they start as. */
@Injectable()
export class PullRequestsService {
  constructor(
    private readonly pulls: PullRequestsRepository,
    private readonly audit: AuditLog,
  ) {}

  byId(id: string): Promise<PullRequest | null> {
    return this.pulls.byId(id);
  }

  /** How the pull requests of solves stand, by the solve they were made from. */
  async ofSolves(solveIds: readonly string[]): Promise<Map<string, PullRequestState>> {
    const rows = solveIds.length === 0 ? [] : await this.pulls.ofSolves(solveIds);
    return new Map(rows.map((row) => [String(row.solveId), stateOf(row)]));
  }

  /** The intent of a solve, once: an earlier one is given back, and taken up anew when it had failed. */
  async claim(tx: EntityManager, { repository, ...wish }: PullRequestWish): Promise<PullRequest> {
    const { row, made } = await this.pulls.claim(tx, { ...wish, id: newId() });
    if (!made && row.status !== 'failed') return row;
    const anew = { ...wish, status: 'claimed', reason: null, attempts: 0, runAfter: new Date() } as const;
    if (!made) await this.pulls.update(tx, row.id, anew);
    await this.audit.record(tx, {
      action: 'pull-request.request',
      target: { type: 'pull-request', id: row.id, name: wish.title },
      result: 'ok',
      repository,
      details: { solveId: wish.solveId, head: wish.head, base: wish.base },
    });
    return made ? row : { ...row, ...anew };
  }

  /** Ids of intents that wait for a worker. */
  due(limit: number): Promise<string[]> {
    return this.pulls.due(limit);
  }
}

function stateOf({ status, number, url }: PullRequest): PullRequestState {
  return { status: status === 'claimed' || status === 'sent' ? 'opening' : status, number, url };
}
