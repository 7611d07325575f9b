import { Injectable } from '@nestjs/common';
import type { AssembledPrompt } from '../chat/prompt-assembly.js';
import type { PackedChatPart } from '../chat/prompt-packing.js';
import type { ContextDto, ContextPart } from '../dto/context.dto.js';
import { titleFrom } from '../messages/title-from.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { noRoomFor } from '../sessions.errors.js';

const STATES = { whole: 'included', condensed: 'shortened', 'left-out': 'omitted' } as const;
type ShownState = 'shortened' | 'dropped' | 'omitted';

const REASONS: Readonly<Record<ShownState, string>> = {
  shortened: 'Only its beginning has room.',
  omitted: 'There is no room for it.',
  dropped: 'Left out by a member of the session.',
};

const MOST_TITLES = 200;
const TITLE_CHARACTERS = 200;

/** Parts of a prompt as the contract shows them. */
@Injectable()
export class ContextPresenter {
  constructor(private readonly condensations: CondensationsRepository) {}

  async show(sessionId: string, prompt: AssembledPrompt): Promise<ContextDto> {
    const { tokens: used, budget, reserved, refused } = prompt;
    const parts: ContextPart[] = [];
    for (const packed of prompt.parts) parts.push(await this.part(prompt, packed));
    return {
      ...{ parts, budget, used, reserved, condensing: await this.condensing(sessionId) },
      refusal: refused ? noRoomFor(refused, budget).detail : null,
    };
  }

  private async part(prompt: AssembledPrompt, { part, state, text, tokens }: PackedChatPart): Promise<ContextPart> {
    const { id, kind, title, pinned, dropped } = part;
    const shown = dropped ? 'dropped' : STATES[state];
    const { condensation, covered } = prompt.history;
    return {
      ...{ id, kind, title, tokens, pinned, state: shown },
      ...(shown === 'included' ? {} : { reason: REASONS[shown] }),
      ...(kind === 'rules' ? { text } : {}),
      ...(kind === 'condensation' && condensation
        ? {
            text: condensation.text,
            stands: {
              ...{ count: covered.length, tokens: condensation.wholeTokens },
              messages: await this.titles(covered.slice(-MOST_TITLES).map((step) => step.id)),
            },
          }
        : {}),
    };
  }

  private async titles(ids: readonly string[]): Promise<{ id: string; role: string; title: string }[]> {
    const rows = await this.condensations.titles(ids, TITLE_CHARACTERS);
    return rows.map(({ title, ...row }) => ({ ...row, title: titleFrom(title) }));
  }

  private async condensing(sessionId: string): Promise<ContextDto['condensing']> {
    const newest = await this.condensations.newest(sessionId);
    if (!newest || newest.status === 'done') return null;
    return newest.status === 'queued'
      ? { state: 'waiting', reason: null }
      : { state: 'failed', reason: newest.error?.detail ?? null };
  }
}
