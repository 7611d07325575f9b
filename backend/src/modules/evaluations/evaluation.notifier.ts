import { Injectable } from '@nestjs/common';
import { LiveEvents } from '../../platform/streams/live-events.js';
import { RepositoriesService } from '../github/index.js';
import { SessionAccessService } from '../sessions/index.js';
import type { Evaluation } from './entities/evaluation.entity.js';

/** Tells the browsers of a session's members how far one of its evaluations is. Call after the commit. */
@Injectable()
export class EvaluationNotifier {
  constructor(
    private readonly liveEvents: LiveEvents,
    private readonly sessions: SessionAccessService,
    private readonly repositories: RepositoriesService,
  ) {}

  /** Those only who are known to be allowed to read the repository. */
  async progressed(
    evaluation: Pick<Evaluation, 'id' | 'sessionId' | 'repositoryId' | 'status' | 'progress'>,
  ): Promise<void> {
    const { id: evaluationId, sessionId, repositoryId, status, progress } = evaluation;
    const members = await this.sessions.memberIds(sessionId);
    const readers = [...(await this.repositories.knownReaders(repositoryId, members))];
    const data = { sessionId, evaluationId, status, progress };
    await this.liveEvents.publish({ userIds: readers, type: 'evaluation.changed', data });
  }

  /** It has begun or ended, too, which the list of long work shows. */
  async changed(
    evaluation: Pick<Evaluation, 'id' | 'sessionId' | 'repositoryId' | 'status' | 'progress'>,
  ): Promise<void> {
    await this.progressed(evaluation);
    const userIds = await this.sessions.memberIds(evaluation.sessionId);
    await this.liveEvents.publish({ userIds, type: 'activity.changed', data: {} });
  }
}
