import { Injectable, Logger } from '@nestjs/common';
import { LONGEST_QUERY, type BranchRef, SearchService } from '../../embeddings/index.js';
import { GithubIssues } from '../../github/index.js';
import {
  ConversationService,
  type SessionAccess,
  SessionAccessService,
  type Transcript,
} from '../../sessions/index.js';
import type { Issue } from '../entities/issue.entity.js';
import { IssuesRepository } from '../repositories/issues.repository.js';
import type { KnownNames } from './draft-answer.js';
import type { DraftMaterial } from './draft-prompt.js';

/** What a prompt is made of, and where it comes from. */
export interface GatheredMaterial extends DraftMaterial, KnownNames {
  readonly session: SessionAccess;
  /** The commit of the passages; null while there is no index. */
  readonly commit: string | null;
}

const PASSAGES = 12;

/** Gathers what an issue is drafted from, with the right of the person who asked for it. */
@Injectable()
export class DraftMaterials {
  private readonly logger = new Logger(DraftMaterials.name);

  constructor(
    private readonly issues: IssuesRepository,
    private readonly sessions: SessionAccessService,
    private readonly conversation: ConversationService,
    private readonly github: GithubIssues,
    private readonly search: SearchService,
  ) {}

  /** @throws DomainError when the person may no longer see the session or its repository. */
  async of(issue: Issue, userId: string): Promise<GatheredMaterial> {
    const session = await this.sessions.of(userId, issue.sessionId);
    await this.sessions.demandGithub(session, 'read');
    const sources = (await this.issues.provenance([issue.id])).get(issue.id) ?? { messageIds: [], cardIds: [] };
    const transcript = await this.conversation.transcript(session, sources);
    const at = { owner: session.owner, repo: session.repo };
    const [found, labels, logins] = await Promise.all([
      this.passages(session, queryOf(issue, transcript)),
      this.names('labels', () => this.github.labelNames(userId, at)),
      this.names('assignees', () => this.github.assignableLogins(userId, at)),
    ]);
    return {
      session,
      repository: `${session.owner}/${session.repo}`,
      branch: session.branch,
      turns: transcript.messages,
      cards: transcript.cards,
      ...found,
      ...{ labels, logins },
      title: issue.title,
      instructions: issue.instructions,
      previous: issue.revision === 0 ? null : issue,
    };
  }

  /** A draft without passages is better than none: the index may not be there yet. */
  private async passages(
    { repositoryId, branch }: BranchRef,
    query: string,
  ): Promise<Pick<GatheredMaterial, 'commit' | 'passages'>> {
    if (query.trim() === '') return { commit: null, passages: [] };
    try {
      const { commit, passages } = await this.search.passages({ repositoryId, branch }, { query, limit: PASSAGES });
      return { commit, passages };
    } catch (error) {
      this.logger.warn({ message: 'drafting without passages', repositoryId, error });
      return { commit: null, passages: [] };
    }
  }

  /** Nor does a draft wait for GitHub; what cannot be checked is left out of it. */
  private names(what: string, load: () => Promise<string[]>): Promise<string[]> {
    return load().catch((error: unknown) => {
      this.logger.warn({ message: `drafting without ${what}`, error });
      return [];
    });
  }
}

/** The wish first, then what people said, the latest first. */
function queryOf({ title, instructions }: Issue, { messages }: Transcript): string {
  const said = messages.filter(({ role }) => role === 'user').map(({ text }) => text);
  return [title, instructions ?? '', ...said.reverse()].join('\n').slice(0, LONGEST_QUERY);
}
