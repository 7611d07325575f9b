import { Injectable } from '@nestjs/common';
import type { SessionStatsDto } from './dto/session.dto.js';
import { CardsRepository } from './repositories/cards.repository.js';
import { CondensationsRepository } from './repositories/condensations.repository.js';
import { MembersRepository } from './repositories/members.repository.js';
import { MessagesRepository } from './repositories/messages.repository.js';
import { SessionCounts } from './session-counts.js';

const NOTHING = { prompt: 0, completion: 0, costUsd: 0 };

/** Numbers about one session. */
@Injectable()
export class SessionStats {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly condensations: CondensationsRepository,
    private readonly cards: CardsRepository,
    private readonly members: MembersRepository,
    private readonly counts: SessionCounts,
  ) {}

  async of(sessionId: string): Promise<SessionStatsDto> {
    const [spent, condensing, cards, members, issues, solves] = await Promise.all([
      this.messages.spent(sessionId),
      this.condensations.spent([sessionId]),
      this.cards.count(sessionId),
      this.members.userIds(sessionId),
      this.counts.of('issues', [sessionId]),
      this.counts.of('solves', [sessionId]),
    ]);
    const condensed = condensing.get(sessionId) ?? NOTHING;
    return {
      messages: spent.messages,
      cards,
      issues: issues.get(sessionId) ?? 0,
      solves: solves.get(sessionId) ?? 0,
      members: members.length,
      tokens: { prompt: spent.prompt + condensed.prompt, completion: spent.completion + condensed.completion },
      costUsd: spent.costUsd + condensed.costUsd,
      firstMessageAt: spent.firstAt?.toISOString() ?? null,
      lastMessageAt: spent.lastAt?.toISOString() ?? null,
    };
  }
}
