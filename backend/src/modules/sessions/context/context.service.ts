import { Injectable } from '@nestjs/common';
import type { PartState } from '../../../platform/llm/prompt-budget.js';
import { IndexService, type PassageAnswer } from '../../embeddings/index.js';
import { type AssembledPrompt, PromptAssembly } from '../chat/prompt-assembly.js';
import type { ContextDto, UpdateContextDto } from '../dto/context.dto.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { sessionNotFound } from '../sessions.errors.js';
import { ContextSelection } from './context-selection.service.js';

const STATES: Readonly<Record<PartState, string>> = {
  ...{ whole: 'included', condensed: 'condensed', 'left-out': 'omitted' },
};

/** What the next prompt of a session holds, and what people want in it or not. */
@Injectable()
export class ContextService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly prompts: PromptAssembly,
    private readonly index: IndexService,
    private readonly selection: ContextSelection,
  ) {}

  /** Passages come with a question, so there are none in it yet. @throws DomainError `llm.prompt-too-large`. */
  async show({ id, owner, repo }: SessionAccess): Promise<ContextDto> {
    const session = await this.sessions.byId(id);
    if (!session) throw sessionNotFound();
    const serving = await this.index.serving({ repositoryId: session.repositoryId, branch: session.branch });
    const found: PassageAnswer = { state: 'found', commit: serving?.commit ?? null, passages: [] };
    const { activeLeafId: afterId } = session;
    return contextOf(await this.prompts.assemble({ session, repository: `${owner}/${repo}`, afterId, found }));
  }

  async update(session: SessionAccess, wish: UpdateContextDto): Promise<ContextDto> {
    await this.selection.store(session, wish);
    return this.show(session);
  }
}

function contextOf({ parts, tokens, budget }: AssembledPrompt): ContextDto {
  return {
    parts: parts.map(({ part: { id, kind, title, pinned, dropped }, state, tokens: size }) => ({
      ...{ id, kind, title, pinned, tokens: size },
      state: dropped ? 'dropped' : STATES[state],
    })),
    budget,
    used: tokens,
  };
}
