import { Injectable } from '@nestjs/common';
import { modelMisbehaved } from '../../../platform/llm/llm.errors.js';
import type { LlmUsage } from '../../../platform/llm/llm.types.js';
import { PromptWindows } from '../../../platform/llm/prompt-windows.js';
import { countTokens, truncateToTokens } from '../../../platform/llm/tokenizer.js';
import { stripInvisible } from '../../../platform/text/invisible.js';
import { MeteredModel } from '../../auth/index.js';
import { RepositoriesService } from '../../github/index.js';
import type { Condensation } from '../entities/condensation.entity.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { condensationOutdated, sessionNotFound } from '../sessions.errors.js';
import { condensationPrompt, condensationTokens } from './condensation-prompt.js';
import { counts, digestOf, splitBranch } from './history.js';

export interface Condensed {
  readonly text: string;
  /** What everything that it stands for would take as it was said. */
  readonly wholeTokens: number;
  readonly usage: LlmUsage;
}

const TEMPERATURE = 0.1;
/** As prompts have them, whose model may have copied them. */
const MARKER = /<\/?data-[\w-]{16}[^>\n]*>\n?/g;

/** Brings the older part of a conversation into fewer words, with the right and at the cost of who asked last. */
@Injectable()
export class Condenser {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly condensations: CondensationsRepository,
    private readonly repositories: RepositoriesService,
    private readonly windows: PromptWindows,
    private readonly model: MeteredModel,
  ) {}

  /**
   * @throws DomainError `sessions.condensation-outdated` when the conversation is another by now, `auth.budget-exceeded`, of the
   *   `llm.` family, what GitHub's being away throws
   */
  async write(wanted: Condensation, signal: AbortSignal): Promise<Condensed> {
    const { id, sessionId, throughId, requestedBy: userId } = wanted;
    const session = await this.sessions.byId(sessionId);
    if (!session || userId === null) throw sessionNotFound();
    const { fullName: repository } = await this.repositories.accessById(userId, session.repositoryId);
    const { before, turns } = await this.material(wanted, throughId);
    const window = await this.windows.of(null);
    const answer = condensationTokens(window.tokens);
    const budget = window.promptTokens(answer);
    const messages = condensationPrompt({ repository, before: before?.text ?? '', turns }, budget);
    const request = { messages, maxTokens: answer, temperature: TEMPERATURE, signal };
    const { text, usage } = await this.model.complete(request, { userId, kind: 'chat', ref: id, repository });
    const condensed = stripInvisible(text.replaceAll('\0', '').replace(MARKER, '')).trim();
    if (condensed === '') throw modelMisbehaved('it is empty');
    const said = turns.reduce((sum, turn) => sum + countTokens(turn.text), 0);
    return {
      ...{ text: truncateToTokens(condensed, answer), usage },
      wholeTokens: (before?.wholeTokens ?? 0) + said,
    };
  }

  /** The condensation that it goes on from, and what was said since. */
  private async material({ sessionId, digest }: Condensation, throughId: string) {
    const [path, done] = await Promise.all([
      this.condensations.path(sessionId, throughId),
      this.condensations.done(sessionId),
    ]);
    const { condensation: before, covered, rest } = splitBranch(path, done);
    const added = rest.filter(counts);
    if (before?.dropped || digestOf([...covered, ...added]) !== digest) throw condensationOutdated();
    const turns = await this.messages.byIds(
      sessionId,
      added.map((step) => step.id),
    );
    const byId = new Map(turns.map((turn) => [turn.id, turn]));
    return { before, turns: added.flatMap((step) => byId.get(step.id) ?? []) };
  }
}
