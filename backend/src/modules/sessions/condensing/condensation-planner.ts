import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { newId } from '../../../platform/database/ids.js';
import type { WakeUp } from '../../../platform/queue/queues.js';
import { wake } from '../../../platform/queue/wake.js';
import { PromptAssembly } from '../chat/prompt-assembly.js';
import { CondensationsRepository } from '../repositories/condensations.repository.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { planCondensation } from './condensation-plan.js';
import { inputTokens } from './condensation-prompt.js';
import { digestOf } from './history.js';

/** Sees to it that a conversation which outgrows its room in the prompt is condensed, beside the conversation itself. */
@Injectable()
export class CondensationPlanner {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly condensations: CondensationsRepository,
    private readonly prompts: PromptAssembly,
    @InjectQueue('condense') private readonly queue: Queue<WakeUp>,
  ) {}

  /** After an answer has ended, or a condensation of its conversation. */
  async after(answerId: string): Promise<void> {
    const answer = await this.messages.find(answerId);
    const session = answer && (await this.sessions.byId(answer.sessionId));
    if (!session || answer.status === 'streaming') return;
    const prompt = await this.prompts.assemble({
      ...{ session, repository: '', model: null, afterId: answerId },
      found: { state: 'found', commit: null, passages: [] },
    });
    const bounds = { room: prompt.historyRoom, input: inputTokens(prompt.budget) };
    const steps = planCondensation(prompt.history, prompt.parts, bounds);
    const through = steps.at(-1);
    if (!through) return;
    const id = newId();
    const isNew = await this.condensations.want({
      ...{ id, throughId: through.id, digest: digestOf(steps), messageCount: steps.length },
      ...{ requestedBy: answer.authorId, afterId: answerId },
    });
    if (isNew) await wake(this.queue, id);
  }
}
