import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { isId } from '../../../platform/database/ids.js';
import type { AuthenticatedRequest } from '../../../platform/http/access.decorator.js';
import type { Message } from '../entities/message.entity.js';
import type { SessionRole } from '../entities/session-member.entity.js';
import { MessagesRepository } from '../repositories/messages.repository.js';
import type { SessionAccess, SessionNeed } from '../session-access.service.js';
import { SessionRight } from '../session.guard.js';
import { messageNotFound } from '../sessions.errors.js';

type MessageRequest = AuthenticatedRequest & { sessionAccess: SessionAccess; openedMessage: Message };

/** Finds the message named by `:mid` in the session that was opened before. */
@Injectable()
export class MessageGuard implements CanActivate {
  constructor(private readonly messages: MessagesRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<MessageRequest>();
    const id = String(req.params['mid']);
    const message = isId(id) ? await this.messages.byId(req.sessionAccess.id, id) : null;
    if (!message) throw messageNotFound();
    req.openedMessage = message;
    return true;
  }
}

/** On handlers of one message: the right that the caller must have in its session. */
export function MessageRight(right: SessionRole, need: Omit<SessionNeed, 'right'> = {}): MethodDecorator {
  return applyDecorators(SessionRight(right, need), UseGuards(MessageGuard));
}

/** Handler parameter: the message that `MessageRight` has opened. */
export const CurrentMessage = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Message =>
    context.switchToHttp().getRequest<MessageRequest>().openedMessage,
);
