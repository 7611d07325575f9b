import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/http/principal.js';
import { UsersService } from '../../auth/index.js';
import { MessagesRepository } from '../repositories/messages.repository.js';

/** The person on whose behalf an answer is written, for the audit trail. */
@Injectable()
export class AnswerRequester {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly users: UsersService,
  ) {}

  /** Undefined once the account, or the answer, is gone. */
  async of(messageId: string): Promise<Principal | undefined> {
    const answer = await this.messages.find(messageId);
    const user = answer?.authorId ? await this.users.byId(answer.authorId) : null;
    if (!user) return undefined;
    return { userId: user.id, githubId: user.githubId, login: user.login, role: user.role, via: 'cookie' };
  }
}
