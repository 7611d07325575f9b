import { Injectable } from '@nestjs/common';
import type { Message } from '../entities/message.entity.js';
import { CondensationsRepository, type Step } from '../repositories/condensations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { type SplitBranch, splitBranch } from './history.js';

/** What was said on a branch, as far as a prompt can have room for it. */
export interface History extends SplitBranch {
  /** What the condensation stands for, oldest first; empty where that cannot fit as it was said. */
  readonly coveredTurns: readonly Message[];
  /** The newest of the rest, oldest first, after what somebody has left out before them. */
  readonly turns: readonly Message[];
  /** What was said before those and is in no condensation, what was left out included. */
  readonly older: readonly Step[];
}

const NOTHING: History = { condensation: null, covered: [], rest: [], coveredTurns: [], turns: [], older: [] };

/** Texts of so many bytes a token are not even looked at when there is no room for them. */
const BYTES_PER_TOKEN = 8;

/** What a prompt may say of the conversation before it. */
@Injectable()
export class ConversationHistory {
  constructor(
    private readonly condensations: CondensationsRepository,
    private readonly messages: MessagesRepository,
  ) {}

  /** `leafId`: the message after which the prompt begins; null for a new beginning. */
  async of(sessionId: string, leafId: string | null, mostTokens: number): Promise<History> {
    if (leafId === null) return NOTHING;
    const [path, done] = await Promise.all([
      this.condensations.path(sessionId, leafId),
      this.condensations.done(sessionId),
    ]);
    const split = splitBranch(path, done);
    const from = firstWithin(split.rest, mostTokens * BYTES_PER_TOKEN);
    const older = split.rest.slice(0, from);
    const newest = [...older.filter(({ dropped }) => dropped), ...split.rest.slice(from)];
    const { condensation } = split;
    const fits = condensation !== null && !condensation.dropped && condensation.wholeTokens <= mostTokens;
    const covered = fits ? split.covered : [];
    const found = await this.messages.byIds(
      sessionId,
      [...covered, ...newest].map(({ id }) => id),
    );
    const byId = new Map(found.map((message) => [message.id, message]));
    const said = (steps: readonly Step[]): Message[] => steps.flatMap(({ id }) => byId.get(id) ?? []);
    return { ...split, coveredTurns: said(covered), turns: said(newest), older };
  }
}

/** Where the newest steps begin that have at most so many bytes together. */
function firstWithin(steps: readonly Step[], most: number): number {
  let left = most;
  return (
    steps.findLastIndex(({ bytes, dropped }) => {
      if (!dropped) left -= bytes;
      return left < 0;
    }) + 1
  );
}
