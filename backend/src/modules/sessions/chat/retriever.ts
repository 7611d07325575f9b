import { Injectable } from '@nestjs/common';
import type { Citation } from '../../../platform/llm/citation.js';
import { LONGEST_QUERY, type PassageAnswer, SearchService } from '../../embeddings/index.js';
import type { Retrieval } from '../dto/message.dto.js';
import type { Session } from '../entities/session.entity.js';
import { RepositoryText } from '../repository-data/repository-text.service.js';

/** How many passages an answer is written from at most. */
export const PASSAGES = 16;
/** A question of fewer words leans on the one before. */
const ENOUGH_WORDS = 8;

/** What of the repository a question is about, and whether what an answer names is there. */
@Injectable()
export class Retriever {
  constructor(
    private readonly search: SearchService,
    private readonly text: RepositoryText,
  ) {}

  /** `previous` is the question before this one on the branch. */
  find({ repositoryId, branch }: Session, question: string, previous: string | undefined): Promise<PassageAnswer> {
    const short = question.trim().split(/\s+/).length < ENOUGH_WORDS;
    const query = [question, ...(short && previous ? [previous] : [])].join('\n').slice(0, LONGEST_QUERY);
    return this.search.passages({ repositoryId, branch }, { query, limit: PASSAGES });
  }

  /** Whether the cited lines are there at the commit that was searched. */
  async exists(
    userId: string,
    { repositoryId, branch }: Session,
    { commit }: PassageAnswer,
    cited: Citation,
  ): Promise<boolean> {
    return commit !== null && (await this.text.has({ userId, repositoryId, branch, commit }, cited));
  }
}

/** For readers: what of the passages an answer has cited (each of them was checked). */
export function retrievalOf({ state, commit, passages }: PassageAnswer, cited: readonly Citation[]): Retrieval {
  return {
    ...{ state, commit },
    citations: cited.map(({ path, startLine, endLine }) => {
      const source = passages.find(
        (passage) => passage.path === path && passage.startLine <= endLine && passage.endLine >= startLine,
      );
      return { path, startLine, endLine, score: source?.score ?? 0, verified: true };
    }),
  };
}
