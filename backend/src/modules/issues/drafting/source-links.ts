import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../platform/config/config.js';
import { type Citation, formatCitation, parseCitations, replaceCitations } from '../../../platform/llm/citation.js';
import { CitationChecker } from '../../embeddings/index.js';
import type { SessionAccess } from '../../sessions/index.js';

/** A list item of which nothing is left. */
const EMPTY_ITEM = /^[ \t]*(?:[-*]|\d+\.)[ \t]*$\n?/gm;

/**
 * Makes the citations of a draft addresses of those lines on GitHub, which stay right when the branch moves on. A citation of
 * what does not exist at the commit is taken out: readers outside of this product could not tell. What stands in code is code.
 */
@Injectable()
export class SourceLinks {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly checker: CitationChecker,
  ) {}

  /** Without a commit nothing can be checked, and every citation goes. */
  async into(body: string, session: SessionAccess, commit: string | null): Promise<string> {
    const links = new Map<string, string>();
    for (const citation of commit === null ? [] : parseCitations(body)) {
      if (commit !== null && (await this.checker.verify(session.repositoryId, commit, citation))) {
        links.set(formatCitation(citation), this.link(citation, session, commit));
      }
    }
    return replaceCitations(body, (citation) => links.get(formatCitation(citation)) ?? '').replace(EMPTY_ITEM, '');
  }

  private link(citation: Citation, { owner, repo }: SessionAccess, commit: string): string {
    const path = citation.path.split('/').map(encodeURIComponent).join('/');
    const lines = `L${citation.startLine}-L${citation.endLine}`;
    return `${formatCitation(citation)}(${this.config.GITHUB_URL}/${owner}/${repo}/blob/${commit}/${path}#${lines})`;
  }
}
