import { Injectable } from '@nestjs/common';
import type { ServerSentEvent } from '../../platform/http/sse.js';
import type { SolveEvent } from './entities/solve-event.entity.js';
import { SolveEventsRepository } from './repositories/solve-events.repository.js';
import { SolvesRepository } from './repositories/solves.repository.js';
import { isOver, type SolveEventType } from './solve.types.js';
import { SolveNotifier } from './solve.notifier.js';

export interface SolveEventView extends Record<string, unknown> {
  readonly seq: number;
  readonly at: string;
  readonly type: SolveEventType;
  readonly candidate: number;
}

export interface SolveEventPage {
  readonly items: SolveEventView[];
  readonly nextCursor: string | null;
}

const PAGE = 500;
/** A wake-up can be lost; then the stream looks by itself. */
const LOOK_AGAIN_MS = 1_000;

/** The stored events of a solve, as a list and as a stream that goes on where the stored ones end. */
@Injectable()
export class SolveEventsService {
  constructor(
    private readonly events: SolveEventsRepository,
    private readonly solves: SolvesRepository,
    private readonly notifier: SolveNotifier,
  ) {}

  /** Oldest first, after `after`; `nextCursor` is the number to ask on from. */
  async list(solveId: string, after: number, limit: number): Promise<SolveEventPage> {
    const rows = await this.events.after(solveId, after, limit + 1);
    const shown = rows.slice(0, limit);
    return { items: shown.map(toView), nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null };
  }

  /** Events after number `after`, then each new one; ends when the solve is over and all of it was sent. */
  async *follow(solveId: string, after: number, signal: AbortSignal): AsyncGenerator<ServerSentEvent, void> {
    const listener = await this.notifier.listenForEvents(solveId);
    let position = after;
    try {
      while (!signal.aborted) {
        const solve = await this.solves.byId(solveId);
        const rows = await this.events.after(solveId, position, PAGE);
        for (const row of rows) {
          position = row.seq;
          yield { id: String(row.seq), event: row.type, data: toView(row) };
        }
        if (rows.length === PAGE) continue;
        if (!solve || isOver(solve.status)) return;
        await listener.next(LOOK_AGAIN_MS, signal);
      }
    } finally {
      await listener.close();
    }
  }
}

function toView({ seq, at, type, candidate, data }: SolveEvent): SolveEventView {
  return { ...data, seq, at: at.toISOString(), type, candidate };
}
