import { Injectable } from '@nestjs/common';
import type { LlmUsage } from '../../../platform/llm/llm.types.js';
import { PromptWindows } from '../../../platform/llm/prompt-windows.js';
import { countTokens } from '../../../platform/llm/tokenizer.js';
import { MeteredModel } from '../../auth/index.js';
import type { Issue } from '../entities/issue.entity.js';
import { draftCutOff } from '../issues.errors.js';
import type { IssueText } from '../repositories/revisions.repository.js';
import { draftSchema, readDraft } from './draft-answer.js';
import { DraftMaterials } from './draft-material.js';
import { draftPrompt } from './draft-prompt.js';
import { SourceLinks } from './source-links.js';

export interface WrittenDraft {
  readonly text: IssueText;
  readonly usage: LlmUsage;
}

const TEMPERATURE = 0.2;
const MOST_ANSWER_TOKENS = 4_096;
/** The answer's part of a small context. */
const ANSWER_SHARE = 1 / 3;

/** From an issue's sources to its text: the prompt, the model, and what of its answer can stand. */
@Injectable()
export class DraftWriter {
  constructor(
    private readonly windows: PromptWindows,
    private readonly materials: DraftMaterials,
    private readonly model: MeteredModel,
    private readonly links: SourceLinks,
  ) {}

  /** @throws DomainError `auth.budget-exceeded`, of the `llm.` family, `issues.draft-unreadable`, `issues.draft-cut-off`. */
  async write(issue: Issue, userId: string, signal: AbortSignal): Promise<WrittenDraft> {
    const material = await this.materials.of(issue, userId);
    const window = await this.windows.of(null);
    const maxTokens = Math.min(MOST_ANSWER_TOKENS, Math.floor(window.tokens * ANSWER_SHARE));
    const responseSchema = draftSchema(material);
    const room = window.promptTokens(maxTokens) - countTokens(JSON.stringify(responseSchema));
    const request = {
      messages: await draftPrompt(material, room),
      responseSchema,
      temperature: TEMPERATURE,
      user: userId,
      ...{ maxTokens, signal },
    };
    const payer = { userId, kind: 'draft', ref: issue.id, repository: material.repository } as const;
    const { text, finishReason, usage } = await this.model.complete(request, payer);
    if (finishReason === 'length') throw draftCutOff();
    const draft = readDraft(text, material);
    return { text: { ...draft, body: await this.links.into(draft.body, material.session, material.commit) }, usage };
  }
}
