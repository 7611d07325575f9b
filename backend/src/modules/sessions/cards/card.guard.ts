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
import type { ContextCard } from '../entities/context-card.entity.js';
import type { SessionRole } from '../entities/session-member.entity.js';
import { CardsRepository } from '../repositories/cards.repository.js';
import type { SessionAccess, SessionNeed } from '../session-access.service.js';
import { SessionRight } from '../session.guard.js';
import { cardNotFound } from '../sessions.errors.js';

type CardRequest = AuthenticatedRequest & { sessionAccess: SessionAccess; openedCard: ContextCard };

/** Finds the card named by `:cardId` in the session that was opened before. */
@Injectable()
export class CardGuard implements CanActivate {
  constructor(private readonly cards: CardsRepository) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<CardRequest>();
    const id = String(req.params['cardId']);
    const card = isId(id) ? await this.cards.byId(req.sessionAccess.id, id) : null;
    if (!card) throw cardNotFound();
    req.openedCard = card;
    return true;
  }
}

/** On handlers of one card: the right that the caller must have in its session. */
export function CardRight(right: SessionRole, need: Omit<SessionNeed, 'right'> = {}): MethodDecorator {
  return applyDecorators(SessionRight(right, need), UseGuards(CardGuard));
}

/** Handler parameter: the card that `CardRight` has opened. */
export const CurrentCard = createParamDecorator(
  (_data: unknown, context: ExecutionContext): ContextCard =>
    context.switchToHttp().getRequest<CardRequest>().openedCard,
);
