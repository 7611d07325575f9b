import { Injectable } from '@nestjs/common';
import { RepositoriesService } from '../../github/index.js';
import type { Message } from '../entities/message.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import { SessionsRepository } from '../repositories/sessions.repository.js';
import { messageNotFound, noRoomFor, sessionNotFound } from '../sessions.errors.js';
import type { AnswerTask } from './answer-writer.js';
import { PromptAssembly } from './prompt-assembly.js';
import { Reranker } from './reranker.js';
import { Retriever } from './retriever.js';

/** Gathers what an answer is written from, with the rights of the person who asked. */
@Injectable()
export class AnswerTasks {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly messages: MessagesRepository,
    private readonly repositories: RepositoriesService,
    private readonly retriever: Retriever,
    private readonly reranker: Reranker,
    private readonly prompts: PromptAssembly,
  ) {}

  /** @throws DomainError `github.repository-not-found` for who may no longer read the repository, `llm.prompt-too-large`; the signal's reason. */
  async of(answer: Message, signal: AbortSignal): Promise<AnswerTask> {
    const { authorId: userId, parentId } = answer;
    const session = await this.sessions.byId(answer.sessionId);
    if (!session || userId === null) throw sessionNotFound();
    const { fullName } = await this.repositories.accessById(userId, session.repositoryId);
    const question = parentId === null ? null : await this.messages.find(parentId);
    if (!question) throw messageNotFound();
    const hits = await this.retriever.find(session, question.text, await this.questionBefore(question));
    const payer = { userId, kind: 'chat', ref: answer.id, repository: fullName } as const;
    const passages = await this.reranker.order(hits.passages, { question: question.text, payer, signal });
    const found = { ...hits, passages };
    const prompt = await this.prompts.assemble({
      session,
      ...{ repository: fullName, model: answer.model },
      afterId: question.parentId,
      question,
      found,
    });
    if (prompt.refused) throw noRoomFor(prompt.refused, prompt.budget);
    return { answer, userId, session, repository: fullName, found, prompt };
  }

  /** On the same branch. */
  private async questionBefore({ sessionId, parentId }: Message): Promise<string | undefined> {
    if (parentId === null) return undefined;
    const turns = await this.messages.branch(sessionId, parentId, { limit: 2 });
    return turns.find(({ role }) => role === 'user')?.text;
  }
}
