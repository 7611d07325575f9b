import { Injectable, Logger } from '@nestjs/common';
import { type Anchor, CitationAnchors, IndexService } from '../../embeddings/index.js';
import type { Retrieval } from '../dto/message.dto.js';
import type { MessageCitation } from '../entities/message-citation.entity.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';

/** Whether what answers cite still stands where they say, at the commit that is searched now. */
@Injectable()
export class CitationStanding {
  private readonly logger = new Logger(CitationStanding.name);

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly index: IndexService,
    private readonly anchors: CitationAnchors,
  ) {}

  /** Left out are those of which it cannot be told: nothing is claimed of them, and nobody waits for GitHub. */
  async of(sessionId: string, cited: readonly MessageCitation[]): Promise<Map<MessageCitation, Anchor>> {
    if (cited.length === 0) return new Map();
    const session = await this.sessions.byId(sessionId);
    const serving = session && (await this.index.serving(session));
    if (!serving) return new Map();
    try {
      const lines = cited.map(({ path, startLine, endLine, commitSha: commit }) => ({
        ...{ path, startLine, endLine, commit },
      }));
      const anchors = await this.anchors.at(session.repositoryId, serving.commit, lines);
      return new Map(cited.flatMap((one, at) => (anchors[at] ? [[one, anchors[at]] as const] : [])));
    } catch (error) {
      this.logger.warn({ message: 'citations could not be looked for', sessionId, error });
      return new Map();
    }
  }
}

/** As the contract shows it: nothing where it cannot be told. */
export function staleness(anchor: Anchor | undefined): Pick<Retrieval['citations'][number], 'stale' | 'now'> {
  if (!anchor) return {};
  return { stale: anchor.stale, ...(anchor.now === null ? {} : { now: anchor.now }) };
}
