import { Injectable } from '@nestjs/common';
import { IndexService, type PassageAnswer } from '../../embeddings/index.js';
import { PromptAssembly } from '../chat/prompt-assembly.js';
import type { ContextDto, UpdateContextDto } from '../dto/context.dto.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import type { SessionAccess } from '../session-access.service.js';
import { sessionNotFound } from '../sessions.errors.js';
import { ContextPresenter } from './context.presenter.js';
import { ContextSelection } from './context-selection.service.js';

/** What the next prompt of a session holds, and what people want in it or not. */
@Injectable()
export class ContextService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly prompts: PromptAssembly,
    private readonly index: IndexService,
    private readonly selection: ContextSelection,
    private readonly presenter: ContextPresenter,
  ) {}

  /** Passages come with a question, so there are none in it yet: room is kept for both. */
  async show({ id, owner, repo }: SessionAccess): Promise<ContextDto> {
    const session = await this.sessions.byId(id);
    if (!session) throw sessionNotFound();
    const serving = await this.index.serving({ repositoryId: session.repositoryId, branch: session.branch });
    const found: PassageAnswer = { state: 'found', commit: serving?.commit ?? null, passages: [] };
    const { activeLeafId: afterId } = session;
    const wish = { session, repository: `${owner}/${repo}`, model: null, afterId, found };
    return this.presenter.show(id, await this.prompts.assemble(wish));
  }

  async update(access: SessionAccess, wish: UpdateContextDto): Promise<ContextDto> {
    const session = await this.sessions.byId(access.id);
    if (!session) throw sessionNotFound();
    await this.selection.store(access, session.activeLeafId, wish);
    return this.show(access);
  }
}
